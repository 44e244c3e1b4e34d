# What ./run, ./test, ./bench and ./progress share: they source this file. It installs what is missing (as root), or says in one message what to install.
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    say 'The .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0, then run this command again.'
    exit 1
  fi
}

# need_debian PACKAGE... : installs Debian packages as root; otherwise one message with the exact command.
need_debian() {
  [ "$#" -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    say "These Debian packages are missing. Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    return 1
  fi
  say "Installing $* ..."
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    say "Could not install $*. Run: apt-get update && apt-get install -y --no-install-recommends $*"
    return 1
  fi
  rm -f "$log"
}

# The report's typesetter and fonts, exactly as locked. Fresh when the lock file is not newer than what was installed.
npm_is_fresh() { [ -f node_modules/.package-lock.json ] && [ ! package-lock.json -nt node_modules/.package-lock.json ]; }

install_npm() {
  npm_is_fresh && return 0
  local missing=()
  command -v npm >/dev/null || missing=(nodejs npm)
  if [ "${#missing[@]}" -gt 0 ]; then need_debian "${missing[@]}" || return 1; fi
  say 'Installing the typesetter ...'
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
}

# build PROJECT OUTPUT COMMAND...: makes the output with dotnet's command, only when a source is newer than the last one.
build() {
  local project=$1 output=$2
  shift 2
  if [ -f "$output" ] && [ -z "$(find src tests/Survey.Testing benchmarks Directory.*.props global.json -newer "$output" -type f -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
    return 0
  fi
  say 'Building ...'
  local log
  log=$(mktemp)
  if ! dotnet "$@" "$project" -c Release -v quiet --nologo >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  touch "$output"
}

# Compiled ahead of time (ReadyToRun): otherwise the first minutes of a busy server go into compiling what it runs.
program=src/Survey.Web/bin/program
web=$program/Survey.Web.dll
build_web() { build src/Survey.Web "$web" publish -r linux-x64 --no-self-contained -p:PublishReadyToRun=true -o "$program"; }
