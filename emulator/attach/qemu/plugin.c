/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What QEMU calls when it loads the plugin: checks that this is the QEMU the plugin was built for,
 * and makes the device types known. Nothing else of the plugin interface (docs/devel/tcg-plugins of
 * QEMU's manual) is used: devices are plain QOM types, made with functions that a QEMU with modules
 * exports. */
#include "qemu/osdep.h"

#include "emulator/attach/qemu/plugin_devices.h"
#include "qapi/qapi-commands-control.h"
#include "qapi/qapi-types-control.h"
#include "qemu/qemu-plugin.h"
#include "qom/object.h"

#define SAMPLE "pci-testdev"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static bool is_our_version(void) {
  VersionInfo* version = qmp_query_version(NULL);
  char* text = g_strdup_printf("%" PRId64 ".%" PRId64 ".%" PRId64, version->qemu->major,
                               version->qemu->minor, version->qemu->micro);
  const bool same = g_strcmp0(text, MEBENCH_QEMU_VERSION) == 0;
  if (!same) {
    fprintf(stderr,
            "mebench-qemu: built for QEMU " MEBENCH_QEMU_VERSION
            ", and this is QEMU %s; build mebench on this system (scripts/setup, then cmake)\n",
            text);
  }
  g_free(text);
  qapi_free_VersionInfo(version);
  return same;
}

/* A configuration other than the one our headers were made for gives structures another layout. Of
 * a device of QEMU's own, made and not yet placed, the members have QEMU's initial values where we
 * expect them: one near the beginning of the structure, one near its end. */
static bool has_our_layout(void) {
  Object* sample = object_new(SAMPLE);
  const PCIDevice* device = (PCIDevice*)sample;
  const bool found = device->devfn == -1 && device->romsize == UINT32_MAX;
  object_unref(sample);
  return found;
}

/* The whole of the structure, where QEMU tells: later ones do not, and have no such function. The
 * plugin loads there all the same, and is then refused by its version. */
#if MEBENCH_QEMU_MAJOR == 7
#pragma weak object_type_get_instance_size
#endif
static bool has_our_size(void) {
#if MEBENCH_QEMU_MAJOR == 7
  return object_type_get_instance_size(TYPE_PCI_DEVICE) == sizeof(PCIDevice);
#else
  return true;
#endif
}

static bool is_our_configuration(void) {
  if (!object_class_by_name(SAMPLE)) {
    fprintf(stderr,
            "mebench-qemu: this QEMU has no device " SAMPLE
            ", by which its structures are checked; use Debian's package, with its modules\n");
    return false;
  }
  if (has_our_size() && has_our_layout()) return true;
  fprintf(stderr,
          "mebench-qemu: this QEMU's structures are laid out in another way than those of Debian's "
          "QEMU " MEBENCH_QEMU_VERSION ": it was configured differently; use Debian's package\n");
  return false;
}

static void end(qemu_plugin_id_t id, void* data) {
  ich_heci_end_all();
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* info, int argc,
                                           char** argv) {
  if (argc > 0) {
    fprintf(stderr, "mebench-qemu: takes no argument (%s); the devices have properties\n", argv[0]);
    return -1;
  }
  if (!is_our_version() || !is_our_configuration()) return -1;
  ich_heci_register();
  itpm_tis_register();
  qemu_plugin_register_atexit_cb(id, end, NULL);
  return 0;
}
