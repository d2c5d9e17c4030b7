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
