# shellcheck shell=sh disable=SC2034
# Finds Java for the launchers, which source this file. POSIX sh; sets JAVA_FOUND to a Java home, or leaves it empty.
# Versions are read from each home's release file, so that looking costs no JVM start.

EDDY_JAVA_WANTED=25

# java_version_at HOME: prints the feature version of the Java at HOME, nothing where there is none.
java_version_at() {
    [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        while IFS= read -r line; do
            case $line in
                JAVA_VERSION=*)
                    line=${line#*\"}
                    printf '%s\n' "${line%%[!0-9]*}"
                    return 0
                    ;;
            esac
        done <"$1/release"
    fi
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p;' | head -n 1
}

# java_fits HOME TOOL [exactly]: whether HOME has the wanted version or newer, and bin/TOOL (java, or javac to build).
java_fits() {
    [ -x "$1/bin/$2" ] || return 1
    java_fits_version=$(java_version_at "$1")
    [ -n "$java_fits_version" ] || return 1
    if [ "${3:-}" = exactly ]; then
        [ "$java_fits_version" -eq "$EDDY_JAVA_WANTED" ]
    else
        [ "$java_fits_version" -ge "$EDDY_JAVA_WANTED" ]
    fi
}

# java_on_path: prints the home of the java on the PATH.
java_on_path() {
    java_path=$(command -v java) || return 0
    # On macOS this one is a stub that opens a dialog where no Java is installed; java_home answers for it below.
    [ "$java_path" = /usr/bin/java ] && [ -x /usr/libexec/java_home ] && return 0
    while [ -L "$java_path" ]; do
        java_link=$(readlink "$java_path")
        case $java_link in
            /*) java_path=$java_link ;;
            *) java_path=${java_path%/*}/$java_link ;;
        esac
    done
    java_path_home=${java_path%/bin/java}
    if [ -r "$java_path_home/release" ]; then
        printf '%s\n' "$java_path_home"
    else
        # A version manager's shim: ask it.
        java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
    fi
}

# find_java TOOL: sets JAVA_FOUND. What the user chose comes first, then exactly the wanted version, then a newer one.
find_java() {
    JAVA_FOUND=
    if [ -n "${JAVA_HOME:-}" ] && java_fits "$JAVA_HOME" "$1"; then
        JAVA_FOUND=$JAVA_HOME
        return 0
    fi
    java_candidate=$(java_on_path)
    if [ -n "$java_candidate" ] && java_fits "$java_candidate" "$1"; then
        JAVA_FOUND=$java_candidate
        return 0
    fi
    for java_exactly in exactly ''; do
        for java_candidate in \
            /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/jdk/* /usr/local/openjdk* \
            "${SDKMAN_DIR:-${HOME:-/}/.sdkman}"/candidates/java/* \
            "${HOME:-/}"/.jdks/* "${HOME:-/}"/.local/share/mise/installs/java/* "${HOME:-/}"/.asdf/installs/java/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
            if java_fits "$java_candidate" "$1" "$java_exactly"; then
                JAVA_FOUND=$java_candidate
                return 0
            fi
        done
    done
    if [ -x /usr/libexec/java_home ] && java_candidate=$(/usr/libexec/java_home -v "$EDDY_JAVA_WANTED+" 2>/dev/null); then
        if java_fits "$java_candidate" "$1"; then
            JAVA_FOUND=$java_candidate
        fi
    fi
    return 0
}

# explain_missing_java: says on stderr what is missing and how to get it.
explain_missing_java() {
    cat >&2 <<EOF
eddy: needs a JDK $EDDY_JAVA_WANTED or newer and found none in JAVA_HOME${JAVA_HOME:+ ($JAVA_HOME)}, on the PATH or in the usual places.
  Any of these brings one:
    https://adoptium.net/temurin/releases/?version=$EDDY_JAVA_WANTED    (unpack it anywhere, then export JAVA_HOME=<that folder>)
    sdk install java $EDDY_JAVA_WANTED-tem                             (SDKMAN)
    brew install openjdk@$EDDY_JAVA_WANTED                             (macOS)
    apt install temurin-$EDDY_JAVA_WANTED-jdk                          (Debian and Ubuntu, with Adoptium's repository added)
EOF
}
