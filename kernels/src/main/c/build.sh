#!/bin/sh
# Builds the CPU kernels' library into FOLDER/<system>-<processor>/, if a C compiler is there: ($CC, cc, gcc or clang).
# CROSS, if set, is a compiler for Linux on arm64, whose library is built too.
# usage: build.sh FOLDER
set -eu

source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
target=$1

# library COMPILER FILE PROCESSOR: each variant is compiled with its own instruction set.
library() {
    objects=$(mktemp -d)
    trap 'rm -rf "$objects"' EXIT
    common='-std=gnu11 -O3 -fPIC -fvisibility=hidden -ffp-contract=off -fno-math-errno -Wall -Werror'
    one() { # NAME FLAGS
        # shellcheck disable=SC2086 # Flags are words.
        "$compiler" $common $2 -c "$source/$1.c" -o "$objects/$1.o"
    }
    compiler=$1
    one features ''
    case $3 in
        x86_64)
            wide='-mavx512f -mavx512bw -mavx512vl -mavx512dq -mfma -mf16c -mprefer-vector-width=512'
            one avx512bf16 "$wide -mavx512bf16"
            one avx512vnni "$wide -mavx512vnni"
            one avx2 '-mavx2 -mfma -mf16c'
            ;;
        aarch64) one neon '-march=armv8.2-a+dotprod' ;;
    esac
    mkdir -p "$(dirname "$2")"
    "$compiler" -shared -o "$2.new" "$objects"/*.o
    mv "$2.new" "$2"
    rm -rf "$objects"
    trap - EXIT
}

processor=$(uname -m)
case $(uname -s)-$processor in
    Linux-x86_64 | Linux-aarch64) file=linux-$processor/libeddycpu.so ;;
    Darwin-arm64) processor=aarch64 file=macos-aarch64/libeddycpu.dylib ;;
    *)
        echo "no CPU kernels in C for $(uname -s) on $processor: the Java kernels will be used"
        exit 0
        ;;
esac

newest() { [ -e "$1" ] && [ -z "$(find "$source" -type f -newer "$1" -print -quit)" ]; }

if ! newest "$target/$file"; then
    for compiler in "${CC:-cc}" gcc clang; do
        if command -v "$compiler" >/dev/null 2>&1; then
            library "$compiler" "$target/$file" "$processor"
            break
        fi
    done
    [ -e "$target/$file" ] || echo "no C compiler (CC, cc, gcc, clang): built without CPU kernels in C"
fi
if [ -n "${CROSS:-}" ] && ! newest "$target/linux-aarch64/libeddycpu.so"; then
    library "$CROSS" "$target/linux-aarch64/libeddycpu.so" aarch64
fi
