/* Several tools in one process: geo STEP [OPTION]... LAYER... ! STEP [OPTION]... ! ... */
#ifndef KIT_CHAIN_H
#define KIT_CHAIN_H

#include "kit/tool.h"

/* The command line of a tool that is made of steps. It is split at the words "!" first; then each
 * step is parsed by the option table of its tool. Operands and input options belong to the first
 * step, output options to the last, run options to any one of them. A tool without a stage runs
 * by itself. Also answers "help STEP", and --help and --version wherever they stand.
 * @return the exit status */
int chain_run(const struct tool *t, int argc, char **argv);

#endif
