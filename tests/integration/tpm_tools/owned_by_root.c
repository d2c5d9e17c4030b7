// SPDX-License-Identifier: BSD-3-Clause
// For tcsd (LD_PRELOAD), which insists that its configuration is root's and of the group tss, as an
// administrator has it: the file that TCSD_CONFIGURATION names is said to be.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef int (*Stat)(const char* path, struct stat* about);

int stat(const char* path, struct stat* about) {
  Stat next;
  *(void**)&next = dlsym(RTLD_NEXT, "stat");
  const int failed = next(path, about);
  const char* configuration = getenv("TCSD_CONFIGURATION");
  const struct group* tss = getgrnam("tss");
  if (failed || !configuration || !tss || strcmp(path, configuration) != 0) return failed;
  about->st_uid = 0;
  about->st_gid = tss->gr_gid;
  return 0;
}
