#!/bin/sh
# Each public header compiles alone, as C and as C++, without warnings.
# usage: headers.sh PROJECT
set -eu
for header in "$1"/libgeo/include/geo/*.h; do
    gcc -std=c17 -Wall -Wextra -Werror -fsyntax-only -I"$1/libgeo/include" -x c "$header"
    g++ -Wall -Wextra -Werror -fsyntax-only -I"$1/libgeo/include" -x c++ "$header"
done
