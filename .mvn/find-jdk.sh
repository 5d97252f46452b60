# shellcheck shell=sh
# Sourced by mvnw and mutirao: finds a JDK that can build and run Mutirão, whatever the default
# java is. Sets nothing; `find_jdk` prints the JDK's folder, or explains and returns 1.

# The lowest feature version that will do; the same number stands in pom.xml.
JDK_NEEDED=25

# Prints the feature version of the JDK in folder $1; 0 where there is none.
jdk_version() {
  if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    jdk_feature=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release")
    printf '%s\n' "${jdk_feature:-0}"
  else
    printf '0\n'
  fi
}

# Prints the places worth a look, one a line, the likeliest first.
jdk_candidates() {
  jdk_on_path=$(command -v java) && jdk_on_path=$(readlink -f "$jdk_on_path" 2>/dev/null) &&
    printf '%s\n' "${jdk_on_path%/bin/java}"
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$JDK_NEEDED+" 2>/dev/null
  fi
  # A pattern that matches nothing stays as it is, and no JDK is found there.
  for jdk_place in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/*/* /usr/local/*jdk* \
    "${SDKMAN_DIR:-${HOME:-/nowhere}/.sdkman}"/candidates/java/* "${HOME:-/nowhere}"/.jdks/* "${HOME:-/nowhere}"/.asdf/installs/java/* \
    "${HOME:-/nowhere}"/.local/share/mise/installs/java/* "${HOME:-/nowhere}"/.jenv/versions/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    printf '%s\n' "$jdk_place"
  done
}

# JAVA_HOME where it is new enough, else the first JDK of exactly the version that is needed,
# else the first newer one.
find_jdk() (
  set +eu +f
  if [ "$(jdk_version "${JAVA_HOME:-/nowhere}")" -ge "$JDK_NEEDED" ]; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  jdk_newer=
  jdk_all=$(jdk_candidates)
  while IFS= read -r jdk_home; do
    [ -d "$jdk_home" ] || continue
    jdk_has=$(jdk_version "$jdk_home")
    if [ "$jdk_has" -eq "$JDK_NEEDED" ]; then
      printf '%s\n' "$jdk_home"
      return 0
    elif [ "$jdk_has" -gt "$JDK_NEEDED" ] && [ -z "$jdk_newer" ]; then
      jdk_newer=$jdk_home
    fi
  done <<END
$jdk_all
END
  # A java on the PATH may be the script of a version manager. Asked last: it starts a JVM.
  if [ -z "$jdk_newer" ] && command -v java >/dev/null; then
    jdk_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    [ "$(jdk_version "$jdk_home")" -lt "$JDK_NEEDED" ] || jdk_newer=$jdk_home
  fi
  if [ -n "$jdk_newer" ]; then
    printf '%s\n' "$jdk_newer"
    return 0
  fi
  cat >&2 <<END
Mutirão needs a JDK $JDK_NEEDED or newer, and there is none in JAVA_HOME, on the PATH or in the usual places.
Install one of these:
  Debian, Ubuntu   apt install openjdk-$JDK_NEEDED-jdk-headless   (where the release has it)
  Fedora           dnf install java-$JDK_NEEDED-openjdk-devel
  macOS            brew install openjdk@$JDK_NEEDED
  SDKMAN           sdk install java $JDK_NEEDED-tem
  any system       Eclipse Temurin, https://adoptium.net/temurin/releases?version=$JDK_NEEDED
or set JAVA_HOME to the folder of one that is installed elsewhere.
END
  return 1
)
