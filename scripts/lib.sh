# shellcheck shell=bash
# shellcheck disable=SC2034 # used where it is sourced
# What the scripts beside this file share; it is sourced, not run.

# Jars record the modes of the files in them: the same everywhere, or builds differ.
umask 022

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
dist=$root/tracker-netty/target/trakx
jdk_version=25

die() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  if [ $# -gt 0 ]; then
    printf '%s\n' "$@" >&2
  fi
  exit 1
}

# Prints the home of a JDK of the wanted version, if there is one.
find_jdk() {
  local javac candidate
  javac=$(command -v javac || true)
  for candidate in \
    "${JAVA_HOME:-}" \
    "${javac:+$(dirname "$(dirname "$(readlink -f "$javac")")")}" \
    /usr/lib/jvm/* \
    /usr/java/* \
    /opt/java/* \
    /opt/jdk* \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.m2/jdks/*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] &&
      grep -qsE "^JAVA_VERSION=\"?$jdk_version([.\"+-]|\$)" "$candidate/release"; then
      echo "$candidate"
      return
    fi
  done
}

# Sets jdk, and makes sure that Maven and its toolchain find what they need.
need_build_tools() {
  jdk=$(find_jdk)
  if [ -z "$jdk" ]; then
    die "no JDK $jdk_version found; Trakx is compiled by one, whatever Java Maven itself runs on." \
      "Install Eclipse Temurin $jdk_version (package temurin-$jdk_version-jdk of the Adoptium repository), or" \
      "openjdk-$jdk_version-jdk-headless where your system has it, or set JAVA_HOME to the directory of one."
  fi
  command -v mvn >/dev/null || die "no Maven found; install it (Debian: apt-get install maven)."
  # The toolchain looks at every variable named JAVA..._HOME, so it knows a JDK in an unusual place as well.
  export JAVA25_HOME=$jdk
  if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
    export JAVA_HOME=$jdk
  fi
}

# Maven on this project, from any directory, as quiet as can be without hiding errors.
maven() {
  (cd "$root" && mvn -q -B "$@")
}

# Succeeds if $1 is missing, or older than any of the files and directories that follow.
is_stale() {
  local built=$1 source
  shift
  [ -e "$built" ] || return 0
  for source in "$@"; do
    if [ -e "$source" ] && [ -n "$(find "$source" -newer "$built" -print -quit)" ]; then
      return 0
    fi
  done
  return 1
}

# What goes into the distribution.
dist_sources=(
  "$root/pom.xml"
  "$root/LICENSE"
  "$root/README.md"
  "$root/tracker-core/pom.xml"
  "$root/tracker-core/src/main"
  "$root/tracker-netty/pom.xml"
  "$root/tracker-netty/src/main"
  "$root/tracker-netty/src/dist"
  "$root/tracker-netty/src/assembly"
)
