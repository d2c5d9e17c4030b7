/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ich-heci: PCI function 00:03.0 with the simulated board behind it. QEMU's own configuration space
 * stands beside the board's, for what QEMU does with it: BAR decoding and bus mastering. What the
 * guest reads is the board's. */
#include "qemu/osdep.h"

#include "emulator/attach/qemu/plugin_devices.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/error-report.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "qom/object.h"

#define BAR_AT 0x10

static GSList* all_heci;

static IchHeci* heci_of(void* object) {
  return (IchHeci*)object;
}

int64_t ich_heci_now(void) {
  return qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

void ich_heci_schedule(IchHeci* heci) {
  int64_t next;
  mebench_board_run(heci->board, ich_heci_now(), &next);
  if (next == INT64_MAX) {
    timer_del(heci->timer);
  } else {
    timer_mod_ns(heci->timer, next);
  }
}

static void timer_fired(void* opaque) {
  ich_heci_schedule(opaque);
}

static void look_no_more(IchHeci* heci) {
  if (heci->wakes >= 0) qemu_set_fd_handler(heci->wakes, NULL, NULL, NULL);
  heci->wakes = -1;
}

/* Until the board has no file any more: then QEMU ends. */
static void board_woke(void* opaque) {
  IchHeci* heci = opaque;
  ich_heci_schedule(heci);
  if (mebench_board_wakes(heci->board) < 0) look_no_more(heci);
}

/* What the board calls. */

static void set_intx(void* opaque, int level) {
  pci_set_irq(opaque, level);
}

static void send_message(void* opaque, uint64_t address, uint32_t data) {
  PCIDevice* device = opaque;
  address_space_stl_le(&device->bus_master_as, address, data,
                       (MemTxAttrs){.requester_id = pci_requester_id(device)}, NULL);
}

static void power_lost(void* opaque) {
  warn_report("ich-heci: the board lost its power; QEMU ends");
  qemu_system_shutdown_request(SHUTDOWN_CAUSE_HOST_SIGNAL);
}

static void complain(void* opaque, const char* text) {
  error_report("ich-heci: %s", text);
}

/* What the guest does. */

static uint32_t config_read(PCIDevice* device, uint32_t at, int size) {
  IchHeci* heci = heci_of(device);
  if (at >= PCI_CONFIG_SPACE_SIZE) return 0xFFFFFFFF;
  const uint32_t value = mebench_board_config_read(heci->board, ich_heci_now(), at, size);
  ich_heci_schedule(heci);
  return value;
}

static void config_write(PCIDevice* device, uint32_t at, uint32_t value, int size) {
  IchHeci* heci = heci_of(device);
  if (at >= PCI_CONFIG_SPACE_SIZE) return;
  pci_default_write_config(device, at, value, size);
  mebench_board_config_write(heci->board, ich_heci_now(), at, value, size);
  ich_heci_schedule(heci);
}

static uint64_t bar_read(void* opaque, hwaddr at, unsigned size) {
  IchHeci* heci = opaque;
  const uint32_t value = mebench_board_bar_read(heci->board, ich_heci_now(), at, size);
  ich_heci_schedule(heci);
  return value;
}

static void bar_write(void* opaque, hwaddr at, uint64_t value, unsigned size) {
  IchHeci* heci = opaque;
  mebench_board_bar_write(heci->board, ich_heci_now(), at, value, size);
  ich_heci_schedule(heci);
}

/* As a BIOS finds it: the bits of the address that cannot be written. */
static uint64_t bar_size(IchHeci* heci) {
  const int64_t now = ich_heci_now();
  const uint32_t address = mebench_board_config_read(heci->board, now, BAR_AT, 4);
  mebench_board_config_write(heci->board, now, BAR_AT, 0xFFFFFFFF, 4);
  const uint32_t mask = mebench_board_config_read(heci->board, now, BAR_AT, 4) & ~0xFu;
  mebench_board_config_write(heci->board, now, BAR_AT, address, 4);
  return (uint64_t)(~mask) + 1;
}

static const MemoryRegionOps bar_ops = {
    .read = bar_read,
    .write = bar_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 1, .max_access_size = 4},
    .impl = {.min_access_size = 1, .max_access_size = 4},
};

static void system_reset(void* opaque) {
  IchHeci* heci = opaque;
  if (heci->reset_before) mebench_board_reset(heci->board, ich_heci_now());
  heci->reset_before = true;
  ich_heci_schedule(heci);
}

/* Snapshots and migration of QEMU: all of the board travels with this function, its TPM too. */

static void forget_saved(IchHeci* heci) {
  free(heci->saved); /* glib's allocator, which QEMU loads with, is the same since 2.46 */
  heci->saved = NULL;
}

static int refuse(char* error) {
  error_report("ich-heci: %s", error);
  free(error);
  return -EINVAL;
}

static int before_saving(void* opaque) {
  IchHeci* heci = opaque;
  char* error = NULL;
  heci->saved = mebench_board_save(heci->board, &heci->saved_size, &error);
  return heci->saved ? 0 : refuse(error);
}

static int after_saving(void* opaque) {
  forget_saved(opaque);
  return 0;
}

static int after_loading(void* opaque, int version) {
  IchHeci* heci = opaque;
  char* error = mebench_board_restore(heci->board, heci->saved, heci->saved_size);
  forget_saved(heci);
  if (error) return refuse(error);
  heci->reset_before = true;
  timer_mod_ns(heci->timer, ich_heci_now()); /* what is due is seen when the guest runs */
  return 0;
}

static const VMStateDescription saved_state = {
    .name = TYPE_ICH_HECI,
    .version_id = 1,
    .minimum_version_id = 1,
    .pre_save = before_saving,
    .post_save = after_saving,
    .post_load = after_loading,
    .fields =
        (const VMStateField[]){VMSTATE_PCI_DEVICE(parent_obj, IchHeci),
                               VMSTATE_UINT32(saved_size, IchHeci),
                               VMSTATE_VBUFFER_ALLOC_UINT32(saved, IchHeci, 0, NULL, saved_size),
                               VMSTATE_END_OF_LIST()},
};

/* QEMU's copy takes the values that the guest must not see differ, such as the IDs. */
static void copy_identity(IchHeci* heci) {
  PCIDevice* device = PCI_DEVICE(heci);
  const int64_t now = ich_heci_now();
  uint32_t at;
  for (at = 0; at < PCI_CONFIG_HEADER_SIZE; at += 4) {
    if (at >= PCI_BASE_ADDRESS_0 && at <= PCI_BASE_ADDRESS_5) continue;
    pci_set_long(device->config + at, mebench_board_config_read(heci->board, now, at, 4));
  }
}

static void realize(PCIDevice* device, Error** errp) {
  IchHeci* heci = heci_of(device);
  const struct MebenchBoardOptions options = {heci->machine, heci->machines, heci->set,
                                              heci->state,   heci->trace,    heci->faults,
                                              heci->story};
  const struct MebenchBoardHost host = {heci, set_intx, send_message, power_lost, complain};
  char* error = NULL;
  if (all_heci) {
    error_setg(errp, "there is one board in a process: only one " TYPE_ICH_HECI);
    return;
  }
  heci->board = mebench_board_make(&options, &host, ich_heci_now(), &error);
  if (!heci->board) {
    error_setg(errp, "%s", error);
    free(error);
    return;
  }
  all_heci = g_slist_prepend(all_heci, heci);
  copy_identity(heci);
  memory_region_init_io(&heci->bar, OBJECT(heci), &bar_ops, heci, "ich-heci", bar_size(heci));
  pci_register_bar(device, 0, PCI_BASE_ADDRESS_SPACE_MEMORY | PCI_BASE_ADDRESS_MEM_TYPE_64,
                   &heci->bar);
  heci->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, timer_fired, heci);
  qemu_register_reset(system_reset, heci);
  heci->wakes = mebench_board_wakes(heci->board);
  if (heci->wakes >= 0) qemu_set_fd_handler(heci->wakes, board_woke, NULL, heci);
  ich_heci_schedule(heci);
}

static void end(IchHeci* heci) {
  if (!heci->board) return;
  all_heci = g_slist_remove(all_heci, heci);
  timer_free(heci->timer);
  look_no_more(heci);
  mebench_board_free(heci->board);
  heci->board = NULL;
}

static void unrealize(PCIDevice* device) {
  qemu_unregister_reset(system_reset, device);
  end(heci_of(device));
}

void ich_heci_end_all(void) {
  while (all_heci) end(all_heci->data);
}

/* Properties: texts, NULL while not given. */
#define TEXT_PROPERTY(name)                                                 \
  static char* get_##name(Object* object, Error** errp) {                   \
    return g_strdup(heci_of(object)->name);                                 \
  }                                                                         \
  static void set_##name(Object* object, const char* value, Error** errp) { \
    g_free(heci_of(object)->name);                                          \
    heci_of(object)->name = g_strdup(value);                                \
  }
TEXT_PROPERTY(machine)
TEXT_PROPERTY(machines)
TEXT_PROPERTY(set)
TEXT_PROPERTY(state)
TEXT_PROPERTY(trace)
TEXT_PROPERTY(faults)
TEXT_PROPERTY(story)

static void add_property(ObjectClass* type, const char* name, char* (*get)(Object*, Error**),
                         void (*set)(Object*, const char*, Error**), const char* description) {
  object_class_property_add_str(type, name, get, set);
  object_class_property_set_description(type, name, description);
}

static void class_init(ObjectClass* type, void* data) {
  DeviceClass* device = DEVICE_CLASS(type);
  PCIDeviceClass* function = PCI_DEVICE_CLASS(type);
  device->desc = "Intel Management Engine of an ICH9/ICH10 board (HECI), simulated";
  device->hotpluggable = false;
  device->vmsd = &saved_state;
  set_bit(DEVICE_CATEGORY_MISC, device->categories);
  function->vendor_id = PCI_VENDOR_ID_INTEL;
  function->device_id = 0x2E14; /* until copy_identity() */
  function->class_id = PCI_CLASS_COMMUNICATION_OTHER;
  function->config_read = config_read;
  function->config_write = config_write;
  function->realize = realize;
  function->exit = unrealize;
  add_property(type, "machine", get_machine, set_machine, "a machine profile's name or path");
  add_property(type, "machines", get_machines, set_machines, "folder of machine profiles");
  add_property(type, "set", get_set, set_set, "KEY=VALUE;... changes of the profile");
  add_property(type, "state", get_state, set_state, "folder that keeps the board");
  add_property(type, "trace", get_trace, set_trace, "file for all that happens, JSON lines");
  add_property(type, "faults", get_faults, set_faults, "POINT@N=ACTION;... what will go wrong");
  add_property(type, "story", get_story, set_story, "socket of the story that has the board");
}

static const TypeInfo ich_heci_type = {
    .name = TYPE_ICH_HECI,
    .parent = TYPE_PCI_DEVICE,
    .instance_size = sizeof(IchHeci),
    .class_init = class_init,
    .interfaces = (InterfaceInfo[]){{INTERFACE_CONVENTIONAL_PCI_DEVICE}, {}},
};

void ich_heci_register(void) {
  type_register_static(&ich_heci_type);
}
