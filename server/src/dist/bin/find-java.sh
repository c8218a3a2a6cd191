# Finds a JDK of version 25 or later. To be sourced by a bash script, which then has the path of the executable in $java.
# Where it looks, in this order: MILLRACE_JAVA_HOME, JAVA_HOME, the PATH, the usual folders of Linux, SDKMAN, IDEs and macOS.

needed_java=25

# Prints the major version in the file `release` beside the executable, which is quicker than running it; 0 when there is none.
java_major() {
  local executable=$1 home version
  [ -x "$executable" ] || { echo 0; return; }
  home=$(dirname "$(dirname "$(readlink -f "$executable" 2>/dev/null || echo "$executable")")")
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
  if [ -z "$version" ]; then
    version=$("$executable" -version 2>&1 </dev/null | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  echo "${version:-0}"
}

find_java() {
  local candidate
  for candidate in \
    ${MILLRACE_JAVA_HOME:+"$MILLRACE_JAVA_HOME/bin/java"} \
    ${JAVA_HOME:+"$JAVA_HOME/bin/java"} \
    "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java \
    "$HOME"/.sdkman/candidates/java/*/bin/java \
    "$HOME"/.jdks/*/bin/java \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java \
    /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java \
    /opt/homebrew/opt/openjdk/bin/java; do
    if [ -n "$candidate" ] && [ "$(java_major "$candidate")" -ge "$needed_java" ]; then
      java=$candidate
      return 0
    fi
  done
  return 1
}

require_java() {
  if ! find_java; then
    cat >&2 <<END
millrace: found no JDK $needed_java or later on this machine.
Install one (Debian, Ubuntu: apt install openjdk-25-jdk-headless or temurin-25-jdk; macOS: brew install openjdk; any system:
https://adoptium.net), or set MILLRACE_JAVA_HOME to the folder of one.
END
    exit 1
  fi
}
