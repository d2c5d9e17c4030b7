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

/* A configuration other than the one our headers were made for gives structures another layout. */
static bool has_our_layout(void) {
#if MEBENCH_QEMU_MAJOR == 7 /* later ones do not tell */
  const size_t theirs = object_type_get_instance_size(TYPE_PCI_DEVICE);
  if (theirs == sizeof(PCIDevice)) return true;
  fprintf(stderr,
          "mebench-qemu: this QEMU's PCI device is %zu bytes, the plugin's %zu: it was configured "
          "in another way than Debian's " MEBENCH_QEMU_VERSION "; use Debian's package\n",
          theirs, sizeof(PCIDevice));
  return false;
#else
  return true;
#endif
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
  if (!is_our_version() || !has_our_layout()) return -1;
  ich_heci_register();
  itpm_tis_register();
  qemu_plugin_register_atexit_cb(id, end, NULL);
  return 0;
}
