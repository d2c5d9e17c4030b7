# SPDX-License-Identifier: BSD-3-Clause
"""On what a run was measured: the commit, the build, the compiler, the processor, the system."""
import os
import platform
import re
import subprocess
from pathlib import Path


def first_match(path, pattern):
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8", errors="replace"), re.M)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def release():
    """"12": of Debian; of another system its ID and version."""
    name = first_match("/etc/os-release", r'^ID="?([^"\n]+)')
    version = first_match("/etc/os-release", r'^VERSION_ID="?([^"\n]+)') or "unknown"
    return version if name == "debian" else f"{name}-{version}"


def said(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def compiler_of(build):
    """"GNU 12.2.0", as CMake found it."""
    for file in sorted(Path(build).glob("CMakeFiles/*/CMakeCXXCompiler.cmake")):
        kind = first_match(file, r'set\(CMAKE_CXX_COMPILER_ID "([^"]+)"')
        version = first_match(file, r'set\(CMAKE_CXX_COMPILER_VERSION "([^"]+)"')
        if kind:
            return f"{kind} {version}"
    return "unknown"


def describe(root, build):
    changed = bool(said(["git", "status", "--porcelain", "--untracked-files=no"], root))
    return {
        "commit": (said(["git", "rev-parse", "--short=12", "HEAD"], root) or "unknown") + ("+changes" if changed else ""),
        "build": first_match(Path(build) / "CMakeCache.txt", r"^CMAKE_BUILD_TYPE:\w+=(.*)$") or "unknown",
        "compiler": compiler_of(build),
        "processor": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.machine(),
        "processors": os.cpu_count(),
        "memory_mib": int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) // 1024,
        "system": f"Debian {release()}" if release()[0].isdigit() else release(),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
    }
