/* comanda: the one binary. Everything it can do is a verb in pos/cli. */
#include "pos/cli/cli.h"

int main(int argc, char **argv) {
    return cli_main(argc, argv);
}
