#!/usr/bin/env bash
# Finds prometheus, promtool, alertmanager, amtool, go and client_golang's source, or unpacks Debian's
# packages of them into .tools/ of the project. Nothing is installed and no root is needed.
#
#   e2e/tools.sh            fetch what is missing, print where everything is
#   . e2e/tools.sh          the same, and export TIDEMARK_TOOLS_BIN (one folder with all programs)
#
# .tools/bin      links to (or wrappers of) the programs, the only folder others need to know
# .tools/root     the unpacked packages
# .tools/stamp    what was unpacked; written last, so that a half-done download is done again
# Exit code 3: something is missing and cannot be fetched here; what to install has been printed.

tools_say() { printf '%s\n' "$*" >&2; }

# "prometheus, version 2.42.0+ds (branch…" -> 2.42; nothing when it is another program or does not run.
tools_version() {
  local line
  line=$("$2" --version 2>&1 | head -n 1) || true
  [[ $line =~ ^$1,\ version\ ([0-9]+\.[0-9]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

tools_at_least() { # found wanted
  [[ -n $1 ]] && [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]
}

# Prints the path of the first of the named programs that answers with at least the wanted version.
tools_find() { # answers-as wanted name…
  local product=$1 wanted=$2 name path version
  shift 2
  for name in "$@"; do
    path=$(tools_on_path "$name") || continue
    version=$(tools_version "$product" "$path")
    if tools_at_least "$version" "$wanted"; then printf '%s' "$path"; return 0; fi
    tools_say "tools: $path is ${version:-not $product}; $product $wanted or newer is needed"
  done
  return 1
}

tools_on_path() { # skips our own links, so that a link to a removed program is not found again
  local directory
  local IFS=:
  for directory in $PATH; do
    [[ $directory == "$TOOLS/bin" || -z $directory ]] && continue
    if [[ -f $directory/$1 && -x $directory/$1 ]]; then printf '%s' "$directory/$1"; return 0; fi
  done
  return 1
}

tools_find_go() {
  local path version
  path=$(tools_on_path go) || return 1
  version=$("$path" version 2>/dev/null)
  [[ $version =~ go([0-9]+\.[0-9]+) ]] && tools_at_least "${BASH_REMATCH[1]}" 1.19 && printf '%s' "$path"
}

tools_find_gopath() {
  local directory
  for directory in "${TIDEMARK_GOPATH:-}" /usr/share/gocode; do
    [[ -n $directory && -d $directory/src/github.com/prometheus/client_golang/prometheus/promhttp ]] || continue
    printf '%s' "$directory"
    return 0
  done
  return 1
}

tools_apt() { # apt-get or apt-cache with lists and caches of our own
  local program=$1
  shift
  local options=(-oDir::State::Lists="$TOOLS/apt/lists" -oDir::Cache="$TOOLS/apt/cache"
    -oAPT::Update::Error-Mode=any -oDpkg::Use-Pty=0)
  [[ $(id -u) == 0 ]] && options+=(-oAPT::Sandbox::User=root)
  LC_ALL=C "$program" "${options[@]}" "$@"
}

# The Debian packages for what is missing, one a line. apt's own resolver picks among alternatives, as if
# nothing were installed (the source packages of protobuf 1.3 and 1.5 exclude one another).
tools_packages() { # wanted: prometheus alertmanager go gopath
  local wanted names=() keep='^$'
  for wanted in "$@"; do
    case $wanted in
      prometheus)
        names+=(prometheus) keep+='|^prometheus$|^promtool$'
        # from Debian 13 on promtool is a package of its own
        tools_apt apt-cache show promtool >/dev/null 2>&1 && names+=(promtool) ;;
      alertmanager) names+=(prometheus-alertmanager) keep+='|^prometheus-alertmanager$' ;;
      go) names+=(golang-go) keep+='|^golang-[0-9.]+-(go|src)$' ;;
      gopath)
        # the cloud SDK is named for one corner of it and is by far the largest
        names+=(golang-github-prometheus-client-golang-dev) keep+='|^golang-[a-z].*-dev$' ;;
    esac
  done
  : >"$TOOLS/apt/status"
  tools_apt apt-get -s -oDir::State::status="$TOOLS/apt/status" --no-install-recommends install "${names[@]}" |
    sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -E "$keep" | grep -v aws-sdk | sort -u
}

tools_missing_here() {
  cat >&2 <<TEXT
Tidemark's demo and tests need programs that are not here, and this is not a Debian system whose packages could be unpacked.
Missing: $1
Install these so that they are on PATH, then run the same command again:
  - Prometheus 2.42 or newer with promtool        https://prometheus.io/download/#prometheus
  - Alertmanager 0.25 or newer with amtool        https://prometheus.io/download/#alertmanager
  - Go 1.19 or newer                              https://go.dev/dl/
  - client_golang's source in a GOPATH that TIDEMARK_GOPATH names; with Go and a network it is made by:
      mkdir -p ~/tidemark-go && cd ~/tidemark-go && cp $TIDEMARK_HOME/e2e/service/*.go . \\
        && go mod init service && go mod tidy && go mod vendor && mkdir gopath && mv vendor gopath/src \\
        && export TIDEMARK_GOPATH=~/tidemark-go/gopath
TEXT
}

tools_fetch() { # what is missing…
  local wanted=("$@") packages count
  mkdir -p "$TOOLS/apt/lists/partial" "$TOOLS/apt/cache/archives/partial" "$TOOLS/apt/debs"
  tools_say "tools: not on PATH: ${wanted[*]}; unpacking Debian's packages into ${TOOLS#"$TIDEMARK_HOME"/}/ (nothing is installed)"
  tools_say "tools: reading the package lists ..."
  # A third-party source that fails must not stop us: whether the packages are found is what counts.
  tools_apt apt-get -qq update >"$TOOLS/apt/update.log" 2>&1
  mapfile -t packages < <(tools_packages "${wanted[@]}" 2>"$TOOLS/apt/resolve.log")
  count=${#packages[@]}
  if ((count == 0)); then
    tools_say "tools: the package sources of this system do not hold what is needed (${wanted[*]}):"
    cat "$TOOLS/apt/update.log" "$TOOLS/apt/resolve.log" | tail -n 8 >&2
    return 3
  fi
  tools_say "tools: downloading $count packages ..."
  rm -rf "$TOOLS/apt/debs" "$TOOLS/root.new"
  mkdir -p "$TOOLS/apt/debs" "$TOOLS/root.new"
  if ! (
    set -o pipefail
    cd "$TOOLS/apt/debs" || exit 1
    tools_apt apt-get -q download "${packages[@]}" 2>"$TOOLS/apt/download.log" | tools_progress "$count"
  ); then
    tools_say "tools: the download failed:"
    tail -n 5 "$TOOLS/apt/download.log" >&2
    return 3
  fi
  tools_say "tools: unpacking ..."
  local deb
  for deb in "$TOOLS"/apt/debs/*.deb; do
    dpkg-deb -x "$deb" "$TOOLS/root.new" || { tools_say "tools: $deb cannot be unpacked"; return 3; }
  done
  [[ -f $TOOLS/root.new/usr/bin/prometheus-alertmanager ]] && tools_alertmanager_here "$TOOLS/root.new"
  rm -rf "$TOOLS/root"
  mv "$TOOLS/root.new" "$TOOLS/root"
  rm -rf "$TOOLS/apt/debs"
  printf '%s\n' "${wanted[@]}" >"$TOOLS/stamp.new"
  mv "$TOOLS/stamp.new" "$TOOLS/stamp"
  tools_say "tools: done"
}

tools_progress() { # count
  local line done=0
  while IFS= read -r line; do
    [[ $line == Get:* ]] || continue
    done=$((done + 1))
    if [[ -t 2 ]]; then printf '\rtools: %d of %d packages' "$done" "$1" >&2
    elif ((done % 10 == 0 || done == $1)); then tools_say "tools: $done of $1 packages"; fi
  done
  [[ -t 2 ]] && printf '\n' >&2
  return 0
}

tools_link() { # name target
  ln -sfn "$2" "$TOOLS/bin/.$1.$$" && mv -fT "$TOOLS/bin/.$1.$$" "$TOOLS/bin/$1"
}

# Debian's Alertmanager opens its default template below /usr/share/prometheus/alertmanager, where an unpacked
# copy does not have it. The copy's path constant is overwritten by one of the same length that means the
# working folder, and a wrapper starts it in the folder that holds the template.
tools_alertmanager_here() { # unpacked root
  local compiled=/usr/share/prometheus/alertmanager here=/proc/self/cwd program=$1/usr/bin/prometheus-alertmanager
  [[ -f $1$compiled/default.tmpl ]] && grep -qF "$compiled" "$program" || return 0
  while ((${#here} < ${#compiled})); do here+=/; done
  LC_ALL=C sed -i "s#$compiled#$here#g" "$program"
}

tools_write_alertmanager() { # program
  local share=$TOOLS/root/usr/share/prometheus/alertmanager
  if [[ $1 != "$TOOLS"/* || ! -d $share ]]; then
    tools_link alertmanager "$1"
    return
  fi
  rm -f "$TOOLS/bin/alertmanager"
  printf "#!/bin/sh\\n# file names among the flags must be absolute\\ncd '%s' && exec '%s' \"\$@\"\\n" "$share" "$1" \
    >"$TOOLS/bin/.alertmanager.$$"
  chmod +x "$TOOLS/bin/.alertmanager.$$"
  mv -f "$TOOLS/bin/.alertmanager.$$" "$TOOLS/bin/alertmanager"
}

tools_write_go() { # go program, gopath: one wrapper, so that nobody else needs to know about GOPATH mode
  local root=''
  [[ $1 == "$TOOLS"/* ]] && root="export GOROOT='${1%/bin/go}'"
  cat >"$TOOLS/bin/.go.$$" <<TEXT
#!/bin/sh
# Go as the end-to-end tests use it: source from packages, no module, no network.
$root
export GOPATH='$2' GO111MODULE=off GOPROXY=off GOTOOLCHAIN=local GOFLAGS= GOCACHE='$TOOLS/gocache'
exec '$1' "\$@"
TEXT
  chmod +x "$TOOLS/bin/.go.$$"
  mv -f "$TOOLS/bin/.go.$$" "$TOOLS/bin/go"
}

tools_setup() {
  TIDEMARK_HOME=${TIDEMARK_HOME:-$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)}
  TOOLS=${TIDEMARK_TOOLS_DIR:-$TIDEMARK_HOME/.tools}
  mkdir -p "$TOOLS/bin" || return 3
  local lock=9
  exec 9>"$TOOLS/lock"
  if command -v flock >/dev/null && ! flock -n $lock; then
    tools_say "tools: another run is fetching them; waiting ..."
    flock $lock
  fi
  local status=0
  tools_locked || status=$?
  exec 9>&-
  return $status
}

tools_locked() {
  local prometheus promtool alertmanager amtool go gopath missing=()
  local root=$TOOLS/root
  prometheus=$(tools_find prometheus 2.42 prometheus)
  promtool=$(tools_find promtool 2.42 promtool)
  [[ -n $prometheus && -n $promtool ]] || missing+=(prometheus)
  alertmanager=$(tools_find alertmanager 0.25 alertmanager prometheus-alertmanager)
  amtool=$(tools_find amtool 0.25 amtool)
  [[ -n $alertmanager && -n $amtool ]] || missing+=(alertmanager)
  go=$(tools_find_go) || missing+=(go)
  gopath=$(tools_find_gopath) || missing+=(gopath)
  if ((${#missing[@]} > 0)) && ! tools_unpacked "${missing[@]}"; then
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
      tools_missing_here "${missing[*]}"
      return 3
    fi
    tools_fetch "${missing[@]}" || return 3
  fi
  local what
  for what in "${missing[@]}"; do
    case $what in
      prometheus) prometheus=$root/usr/bin/prometheus promtool=$root/usr/bin/promtool ;;
      alertmanager) alertmanager=$root/usr/bin/prometheus-alertmanager amtool=$root/usr/bin/amtool ;;
      go) go=$(printf '%s\n' "$root"/usr/lib/go-*/bin/go | sort -V | tail -n 1) ;;
      gopath) gopath=$root/usr/share/gocode ;;
    esac
  done
  local program
  for program in "$prometheus" "$promtool" "$alertmanager" "$amtool" "$go"; do
    [[ -x $program ]] || { tools_say "tools: $program is missing after unpacking; remove $TOOLS and try again"; return 3; }
  done
  # The unpacked ones are asked too: Debian's suite may be older than what we need.
  tools_at_least "$(tools_version prometheus "$prometheus")" 2.42 || { tools_missing_here 'Prometheus 2.42 (the packages here are older)'; return 3; }
  tools_at_least "$(tools_version alertmanager "$alertmanager")" 0.25 || { tools_missing_here 'Alertmanager 0.25 (the packages here are older)'; return 3; }
  tools_link prometheus "$prometheus"
  tools_link promtool "$promtool"
  tools_write_alertmanager "$alertmanager"
  tools_link amtool "$amtool"
  tools_write_go "$go" "$gopath"
  export TIDEMARK_TOOLS_BIN=$TOOLS/bin
}

tools_unpacked() { # true when a finished unpacking covers all that is missing
  [[ -f $TOOLS/stamp && -d $TOOLS/root ]] || return 1
  local what
  for what in "$@"; do grep -qx "$what" "$TOOLS/stamp" || return 1; done
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  tools_setup || exit $?
  for tool in prometheus promtool alertmanager amtool; do
    printf '%-13s %s\n' "$tool" "$("$TIDEMARK_TOOLS_BIN/$tool" --version 2>&1 | head -n 1)"
  done
  printf '%-13s %s\n' go "$("$TIDEMARK_TOOLS_BIN/go" version)" folder "$TIDEMARK_TOOLS_BIN"
fi
