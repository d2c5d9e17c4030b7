/* SPDX-License-Identifier: GPL-2.0-or-later */
/* itpm-tis: the TIS registers at FED40000 of the TPM inside the Management Engine, and their entry
 * in the ACPI tables, by which Linux finds them. */
#include "qemu/osdep.h"

#include "emulator/attach/qemu/plugin_devices.h"
#include "hw/acpi/acpi_aml_interface.h"
#include "hw/isa/isa.h"
#include "qapi/error.h"
#include "qom/object.h"

#define TIS_BASE 0xFED40000
#define TIS_SIZE 0x5000

typedef struct ItpmTis {
  ISADevice parent_obj;

  MemoryRegion registers;
  IchHeci* me;

  /* Properties. */
  char* me_name;
  char* hid;
} ItpmTis;

static ItpmTis* itpm_of(void* object) {
  return (ItpmTis*)object;
}

static uint64_t tis_read(void* opaque, hwaddr at, unsigned size) {
  ItpmTis* itpm = opaque;
  const uint32_t value = mebench_board_tis_read(itpm->me->board, ich_heci_now(), at, size);
  ich_heci_schedule(itpm->me);
  return value;
}

static void tis_write(void* opaque, hwaddr at, uint64_t value, unsigned size) {
  ItpmTis* itpm = opaque;
  mebench_board_tis_write(itpm->me->board, ich_heci_now(), at, value, size);
  ich_heci_schedule(itpm->me);
}

static const MemoryRegionOps tis_ops = {
    .read = tis_read,
    .write = tis_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 1, .max_access_size = 4},
    .impl = {.min_access_size = 1, .max_access_size = 4},
};

static IchHeci* find_me(ItpmTis* itpm, Error** errp) {
  const char* name = itpm->me_name ? itpm->me_name : "";
  Object* found = object_resolve_path_type(name, TYPE_ICH_HECI, NULL);
  IchHeci* me = (IchHeci*)found;
  if (!me || !me->board) {
    error_setg(errp,
               "no " TYPE_ICH_HECI " is \"%s\"; say -device " TYPE_ICH_HECI
               ",id=me,... before it, and me=me here",
               name);
    return NULL;
  }
  if (!mebench_board_has_tpm(me->board)) {
    error_setg(errp, "the machine of \"%s\" has no TPM", name);
    return NULL;
  }
  if (me->has_itpm) {
    error_setg(errp, "the machine of \"%s\" has one TPM: only one " TYPE_ITPM_TIS, name);
    return NULL;
  }
  return me;
}

static void realize(DeviceState* device, Error** errp) {
  ItpmTis* itpm = itpm_of(device);
  itpm->me = find_me(itpm, errp);
  if (!itpm->me) return;
  itpm->me->has_itpm = true;
  memory_region_init_io(&itpm->registers, OBJECT(itpm), &tis_ops, itpm, TYPE_ITPM_TIS, TIS_SIZE);
  memory_region_add_subregion(isa_address_space(ISA_DEVICE(device)), TIS_BASE, &itpm->registers);
}

/* As -device says; else as the board's BIOS has it. */
static const char* hardware_id(const ItpmTis* itpm) {
  const char* of_board = mebench_board_tpm_acpi_id(itpm->me->board);
  if (itpm->hid) return itpm->hid;
  return of_board ? of_board : "INTC0102";
}

static void build_aml(AcpiDevAmlIf* interface, Aml* scope) {
  ItpmTis* itpm = itpm_of(interface);
  const char* hid = hardware_id(itpm);
  const bool is_pnp = strlen(hid) == 7;
  Aml* device = aml_device("TPM");
  Aml* resources = aml_resource_template();
  aml_append(device, aml_name_decl("_HID", is_pnp ? aml_eisaid(hid) : aml_string("%s", hid)));
  aml_append(device, aml_name_decl("_CID", aml_eisaid("PNP0C31")));
  aml_append(device, aml_name_decl("_UID", aml_int(1)));
  aml_append(device, aml_name_decl("_STA", aml_int(0xF)));
  aml_append(resources, aml_memory32_fixed(TIS_BASE, TIS_SIZE, AML_READ_WRITE));
  aml_append(device, aml_name_decl("_CRS", resources));
  aml_append(scope, device);
}

static char* get_me(Object* object, Error** errp) {
  return g_strdup(itpm_of(object)->me_name);
}
static void set_me(Object* object, const char* value, Error** errp) {
  g_free(itpm_of(object)->me_name);
  itpm_of(object)->me_name = g_strdup(value);
}
static char* get_hid(Object* object, Error** errp) {
  return g_strdup(itpm_of(object)->hid);
}
/* ACPI specification, _HID: three capital letters or four of those and digits, then four
 * hexadecimal digits, which are capital, too. QEMU takes the former apart, and ends where they are
 * another's. */
static bool is_hardware_id(const char* text) {
  const size_t length = strlen(text);
  const size_t vendor = length - 4;
  size_t i;
  if (length != 7 && length != 8) return false;
  for (i = 0; i < length; ++i) {
    const bool is_digit = g_ascii_isdigit(text[i]);
    if (i >= vendor && (!g_ascii_isxdigit(text[i]) || g_ascii_islower(text[i]))) return false;
    if (i < vendor && !g_ascii_isupper(text[i]) && (vendor == 3 || !is_digit)) return false;
  }
  return true;
}

static void set_hid(Object* object, const char* value, Error** errp) {
  if (!is_hardware_id(value)) {
    error_setg(errp, "hid is an ACPI hardware ID, such as INTC0102 or PNP0C31");
    return;
  }
  g_free(itpm_of(object)->hid);
  itpm_of(object)->hid = g_strdup(value);
}

static void class_init(ObjectClass* type, void* data) {
  DeviceClass* device = DEVICE_CLASS(type);
  device->desc = "TPM 1.2 inside the simulated Intel Management Engine (TIS)";
  device->realize = realize;
  device->hotpluggable = false;
  set_bit(DEVICE_CATEGORY_MISC, device->categories);
  ACPI_DEV_AML_IF_CLASS(type)->build_dev_aml = build_aml;
  object_class_property_add_str(type, "me", get_me, set_me);
  object_class_property_set_description(type, "me", "id of the " TYPE_ICH_HECI " it belongs to");
  object_class_property_add_str(type, "hid", get_hid, set_hid);
  object_class_property_set_description(type, "hid", "ACPI hardware ID [the machine's]");
}

static const TypeInfo itpm_tis_type = {
    .name = TYPE_ITPM_TIS,
    .parent = TYPE_ISA_DEVICE,
    .instance_size = sizeof(ItpmTis),
    .class_init = class_init,
    .interfaces = (InterfaceInfo[]){{TYPE_ACPI_DEV_AML_IF}, {}},
};

void itpm_tis_register(void) {
  type_register_static(&itpm_tis_type);
}
