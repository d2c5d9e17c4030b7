# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# How the scripts speak: headings, verdicts and errors; colour only on a terminal that wants it. Sourced, not run.

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' green='' red='' plain=''
fi

heading() { printf '\n%s== %s ==%s\n' "$bold" "$*" "$plain"; }
say() { printf '%s\n' "$*"; }
good() { printf '%s%s%s\n' "$green" "$*" "$plain"; }
bad() { printf '%s%s%s\n' "$red" "$*" "$plain"; }
die() {
  bad "$*" >&2
  exit 1
}

# Reads what a long command prints into LOG ("-": passes it on) and says every half minute how far it is: a silent command
# may as well hang. Of ninja's "[120/400]" that is "120 of 400", of others their last line.
tell_progress() { # LABEL LOG
  local every=${TELL_EVERY:-30} began=$SECONDS line='' part='' now='' counted='' got
  local next=$((SECONDS + every)) ends=no
  while [[ $ends == no ]]; do
    got=0
    IFS= read -r -t 1 line || got=$?
    part+=$line
    if [[ $got -eq 0 || ($got -le 128 && -n $part) ]]; then
      if [[ $2 == - ]]; then say "$part"; else printf '%s\n' "$part" >>"$2"; fi
      if [[ $part =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
        counted="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
      fi
      now=$part part=''
    fi
    [[ $got -eq 0 || $got -gt 128 ]] || ends=yes
    [[ $SECONDS -ge $next ]] || continue
    say "$1: ${counted:-${now:0:80}} (after $((SECONDS - began)) s)"
    next=$((SECONDS + every))
  done
}
