/* The one list of exit statuses. The enum, --help, the manual, --help=json and main()
 * all derive from it; a number is never given a second meaning. */
#ifndef KIT_EXITS_H
#define KIT_EXITS_H

#define EXITS(X)                                                                           \
    X(DONE, 0, "done, and every check passed")                                             \
    X(CHECK_FAILED, 1, "a check failed")                                                   \
    X(USAGE, 2, "wrong usage")                                                             \
    X(INPUT, 3, "input cannot be read")                                                    \
    X(CRS, 4, "the coordinate reference system is missing, ambiguous or unsuitable")       \
    X(ENCODING, 5, "text cannot be decoded")                                               \
    X(OUTPUT, 6, "output cannot be written")                                               \
    X(SKIPPED, 7, "done, but features were skipped; standard error says how many and why") \
    X(DEFECT, 70, "a defect of the program itself")                                        \
    X(INTERRUPTED, 130, "interrupted")

#define EXIT_NUMBER(name, number, text) EXIT_##name = (number),
enum exit_status { EXITS(EXIT_NUMBER) };
#undef EXIT_NUMBER

#endif
