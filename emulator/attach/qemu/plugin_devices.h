/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two device types of the plugin, and what the TPM needs of the function that has the board. */
#ifndef MEBENCH_PLUGIN_DEVICES_H
#define MEBENCH_PLUGIN_DEVICES_H

#include "emulator/attach/qemu/board_port.h"
#include "hw/pci/pci.h"
#if MEBENCH_QEMU_MAJOR >= 10 /* headers that were renamed or split since 7.2 */
#include "hw/pci/pci_device.h"
#include "system/reset.h"
#include "system/runstate.h"
#else
#include "sysemu/reset.h"
#include "sysemu/runstate.h"
#endif

#define TYPE_ICH_HECI "ich-heci"
#define TYPE_ITPM_TIS "itpm-tis"

typedef struct IchHeci {
  PCIDevice parent_obj;

  MemoryRegion bar;
  QEMUTimer* timer; /* the board's next event */
  struct MebenchBoard* board;
  int wakes;         /* the board's own file, or -1 */
  bool reset_before; /* the reset that begins a run of QEMU is power-on */
  bool has_itpm;     /* an itpm-tis shows its TPM */

  /* The board, only while QEMU saves or loads a snapshot. */
  uint8_t* saved;
  uint32_t saved_size;

  /* Properties. */
  char* machine;
  char* machines;
  char* set;
  char* state;
  char* trace;
  char* faults;
  char* story;
} IchHeci;

void ich_heci_register(void);
void itpm_tis_register(void);

int64_t ich_heci_now(void);
/* After each access: what it started may be due soon. */
void ich_heci_schedule(IchHeci* heci);
/* Frees every board there is: QEMU ends. */
void ich_heci_end_all(void);

#endif
