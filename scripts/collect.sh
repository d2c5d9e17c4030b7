#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Gathers what a real board tells of its Management Engine and TPM into a tar file, for whoever wants to help: see
# docs/real-boards.md. Reads files of the kernel, and changes nothing. Serial numbers and addresses are left out or become
# zeros. Needs a shell, awk and tar, and nothing of this project. As root it sees more.
#
# Usage: collect.sh [-y | --list] [--root DIR] OUT.tar
#   shows what the file will hold, and asks; -y does not ask, --list only shows; --root DIR: a tree in place of this computer's
#
# `meupdate collect` gathers the same, and what the engine itself answers.
set -eu
LC_ALL=C
export LC_ALL

usage() {
  sed -n '3,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

root=
ask=yes
out=
while [ $# -gt 0 ]; do
  case $1 in
  -y) ask=no ;;
  --list) ask=list ;;
  --root) [ $# -gt 1 ] && root=$2 && shift ;;
  -*) usage ;;
  *) out=$1 ;;
  esac
  shift
done
[ -n "$out" ] || usage

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
tree=$work/tree
mkdir "$tree"

# What is there and can be read, with the name it gets in the archive.
keep() { # FILE NAME
  [ -r "$1" ] && [ ! -d "$1" ] || return 0
  mkdir -p "$tree/$(dirname "$2")"
  # The first 256 bytes of a configuration space: serial numbers can only stand behind them.
  head -c "${3:-1048576}" "$1" >"$work/read" 2>/dev/null || return 0
  [ -s "$work/read" ] && mv "$work/read" "$tree/$2" || return 0
}

keep_each() { # FOLDER NAME FILE...
  folder=$1 name=$2
  shift 2
  for file; do keep "$folder/$file" "$name/$file"; done
}

# A HECI function: Intel's, of class 0780, where ICH and PCH have theirs.
is_heci() {
  [ "$(cat "$1/vendor" 2>/dev/null)" = 0x8086 ] || return 1
  case $(cat "$1/class" 2>/dev/null) in 0x0780*) return 0 ;; esac
  return 1
}

gather_pci() {
  for device in "$root"/sys/bus/pci/devices/0000:00:03.? "$root"/sys/bus/pci/devices/0000:00:16.?; do
    is_heci "$device" || continue
    name=pci/$(basename "$device")
    keep_each "$device" "$name" vendor device class revision subsystem_vendor subsystem_device
    keep "$device/config" "$name/config" 256
  done
}

gather_mei() {
  for device in "$root"/sys/class/mei/mei*; do
    keep_each "$device" "mei/$(basename "$device")" fw_ver fw_status dev_state hbm_ver hbm_ver_drv kind trc tx_queue_limit
  done
  for device in "$root"/sys/bus/mei/devices/*; do
    keep_each "$device" "mei-clients/$(basename "$device")" name uuid version max_conn fixed vtag max_len
  done
  for device in "$root"/sys/kernel/debug/mei*; do
    keep_each "$device" "debugfs/$(basename "$device")" meclients active devstate
  done
}

gather_tpm() {
  for device in "$root"/sys/class/tpm/tpm*; do
    name=tpm/$(basename "$device")
    for file in tpm_version_major caps durations timeouts enabled active owned temp_deactivated; do
      keep "$device/device/$file" "$name/$file"
      keep "$device/$file" "$name/$file"
    done
  done
}

gather_computer() {
  keep_each "$root/sys/class/dmi/id" dmi sys_vendor product_name product_version board_vendor board_name board_version \
    bios_vendor bios_version bios_date bios_release chassis_type
  keep "$root/proc/version" kernel
}

# What the kernel said, as dmesg shows it: of the engine and the TPM alone.
gather_dmesg() {
  if [ -n "$root" ]; then
    # "6,339,5140900,-;text": microseconds behind the second comma.
    awk '/;/ { split($0, part, ","); text = substr($0, index($0, ";") + 1); micros = part[3] + 0
      printf "[%5d.%06d] %s\n", int(micros / 1000000), micros % 1000000, text }' "$root/dev/kmsg" >"$work/dmesg"
  else
    dmesg >"$work/dmesg" 2>/dev/null || return 0
  fi
  grep -i -E 'mei|tpm|heci|DMI:|Linux version' "$work/dmesg" >"$work/lines" || return 0
  keep "$work/lines" dmesg
}

# This computer's own names, a line each: what is a serial number, wherever it stands.
own_names() {
  for file in product_serial board_serial chassis_serial product_asset_tag board_asset_tag chassis_asset_tag product_uuid; do
    cat "$root/sys/class/dmi/id/$file" 2>/dev/null || true
  done | awk 'length($0) >= 5 && /[0-9]/'
  cat "$root"/sys/class/net/*/address 2>/dev/null || true
}

# What looks like such a name and is none: GUIDs of the engine's clients, which every board has, and firmware versions.
public_names() {
  for device in "$root"/sys/bus/mei/devices/*; do
    cat "$device/uuid" 2>/dev/null || true
  done
  cat "$root"/sys/kernel/debug/mei*/meclients 2>/dev/null | tr '|' '\n' | tr -d ' \t' || true
  cat "$root"/sys/class/mei/mei*/fw_ver 2>/dev/null | sed 's/^[0-9]*://' || true
}

# Own names, UUIDs, MAC and IP addresses become zeros of the same shape, so that programs still read what is around them.
without_names() { # FILE
  awk -v own="$work/own" -v public="$work/public" '
    BEGIN {
      while ((getline line <own) > 0) if (line != "") names[++count] = line
      while ((getline line <public) > 0) if (line != "") known[tolower(line)] = 1
      h = "[0-9A-Fa-f]"; h2 = h h; h4 = h2 h2; d = "[0-9][0-9]?[0-9]?"
      uuid = h4 h4 "-" h4 "-" h4 "-" h4 "-" h4 h4 h4
      mac = h2 "[:-]" h2 "[:-]" h2 "[:-]" h2 "[:-]" h2 "[:-]" h2
      ip6 = "[0-9A-Fa-f:]+:[0-9A-Fa-f]+"
      ip4 = d "\\." d "\\." d "\\." d
    }
    function zeros(text) { gsub(/[0-9A-Fa-f]/, "0", text); return text }
    # Of IPv6: eight groups, or fewer with "::". A PCI address has two colons.
    function is_whole(text, pattern,    colons) {
      if (pattern != ip6) return 1
      colons = gsub(/:/, ":", text)
      return colons == 7 || index(text, "::")
    }
    # Every match that no letter or digit goes on from.
    function blank(text, pattern,    done, found, before, after) {
      while (match(text, pattern)) {
        found = substr(text, RSTART, RLENGTH)
        before = RSTART > 1 ? substr(text, RSTART - 1, 1) : (done != "" ? substr(done, length(done), 1) : "")
        after = substr(text, RSTART + RLENGTH, 1)
        if (before !~ /[0-9A-Za-z.]/ && after !~ /[0-9A-Za-z]/ && !(tolower(found) in known) && is_whole(found, pattern))
          found = zeros(found)
        done = done substr(text, 1, RSTART - 1) found
        text = substr(text, RSTART + RLENGTH)
      }
      return done text
    }
    function blank_name(text, name,    done, at, low) {
      name = tolower(name)
      while ((at = index(tolower(text), name)) > 0) {
        low = substr(text, at, length(name)); gsub(/[0-9A-Za-z]/, "0", low)
        done = done substr(text, 1, at - 1) low
        text = substr(text, at + length(name))
      }
      return done text
    }
    {
      line = $0
      for (i = 1; i <= count; ++i) line = blank_name(line, names[i])
      if (match(tolower(line), /serial( number| no\.?)?[:=] *[^ ,]+/)) {
        start = RSTART; size = RLENGTH; found = substr(line, start, size)
        match(found, /[:=] */); kept = substr(found, 1, RSTART + RLENGTH - 1); rest = substr(found, RSTART + RLENGTH)
        gsub(/[0-9A-Za-z]/, "0", rest)
        line = substr(line, 1, start - 1) kept rest substr(line, start + size)
      }
      line = blank(line, uuid); line = blank(line, mac)
      print blank(blank(line, ip6), ip4)
    }' "$1"
}

gather_pci
gather_mei
gather_tpm
gather_computer
gather_dmesg
own_names >"$work/own"
public_names >"$work/public"
find "$tree" -type f ! -name config | while IFS= read -r file; do
  without_names "$file" >"$work/clean"
  if [ "$(tail -c 1 "$file" | wc -l)" -eq 0 ]; then # awk ends its last line, some of the kernel's files do not
    printf '%s' "$(cat "$work/clean")" >"$file"
  else
    mv "$work/clean" "$file"
  fi
done
echo "mebench-collect 1" >"$tree/format"

echo "$out will hold:"
(cd "$tree" && find . -type f | sort | while IFS= read -r file; do
  printf '  %6d  %s\n' "$(wc -c <"$file")" "${file#./}"
done)
echo "Serial numbers, UUIDs, MAC and IP addresses of this computer are not in it, or are zeros."
[ "$ask" != list ] || exit 0
if [ "$ask" = yes ]; then
  printf 'Write it? [y/N] '
  read -r answer || answer=
  case $answer in y | Y | yes) ;; *) echo "Nothing was written." && exit 5 ;; esac
fi
tar -c -f "$out" -C "$tree" --format=ustar . 2>/dev/null || tar -c -f "$out" -C "$tree" .
echo "Written. Look at it: tar -tvf $out"
