/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The simulated board as C sees it: what QEMU's devices ask of it, and what it asks of QEMU. Every
 * call that touches the board says what time it is: nanoseconds of QEMU_CLOCK_VIRTUAL. A call from
 * inside a call, as when a message interrupt is addressed to the board's own registers, finds
 * nobody: reads float, writes are lost. */
#ifndef MEBENCH_BOARD_PORT_H
#define MEBENCH_BOARD_PORT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct MebenchBoard;

/* Texts of the device's properties; NULL: not given. */
struct MebenchBoardOptions {
  const char* machine;  /* a profile's name or path */
  const char* machines; /* the folder in which names are looked for first */
  const char* set;      /* KEY=VALUE;KEY=VALUE, changes of the profile */
  const char* state;    /* the folder that keeps the board, as meupdate's --state */
  const char* trace;    /* the file to write all that happens to */
  const char* faults;   /* POINT@N=ACTION;..., see fault_text.h */
  const char* story;    /* a story's socket: the board is there, and all else is the story's */
};

/* What the board calls, always from inside a call of the functions below. */
struct MebenchBoardHost {
  void* opaque;
  void (*set_intx)(void* opaque, int level);
  void (*send_message)(void* opaque, uint64_t address, uint32_t data);
  void (*power_lost)(void* opaque); /* a power cut struck: the host has none either */
  void (*complain)(void* opaque, const char* text);
};

/* The board, powered, with its ME booted; or NULL, and *error a text for free(). */
struct MebenchBoard* mebench_board_make(const struct MebenchBoardOptions* options,
                                        const struct MebenchBoardHost* host, int64_t now,
                                        char** error);
void mebench_board_free(struct MebenchBoard* board);

/* Runs what is due. Afterwards the next event is due at *next, or never (INT64_MAX). */
void mebench_board_run(struct MebenchBoard* board, int64_t now, int64_t* next);
/* A file that is readable when the board wants mebench_board_run() called now; -1: there is none.
 */
int mebench_board_wakes(const struct MebenchBoard* board);
/* The platform restarts; what a BIOS would wait for has happened. */
void mebench_board_reset(struct MebenchBoard* board, int64_t now);

/* The whole board as *size bytes for free(); or NULL, and *error a text for free(). Time does not
 * move, and the board calls nobody: the state of what it would call may be saved already. */
uint8_t* mebench_board_save(struct MebenchBoard* board, uint32_t* size, char** error);
/* And back: NULL, or the text of an error for free(). */
char* mebench_board_restore(struct MebenchBoard* board, const uint8_t* saved, uint32_t size);

uint32_t mebench_board_config_read(struct MebenchBoard* board, int64_t now, uint32_t at,
                                   uint32_t size);
void mebench_board_config_write(struct MebenchBoard* board, int64_t now, uint32_t at,
                                uint32_t value, uint32_t size);
uint32_t mebench_board_bar_read(struct MebenchBoard* board, int64_t now, uint32_t at,
                                uint32_t size);
void mebench_board_bar_write(struct MebenchBoard* board, int64_t now, uint32_t at, uint32_t value,
                             uint32_t size);

/* Whether the board has a TPM; without one its registers float. */
int mebench_board_has_tpm(struct MebenchBoard* board);
/* Its ACPI hardware ID, for as long as the board lives; NULL: not known here. */
const char* mebench_board_tpm_acpi_id(const struct MebenchBoard* board);
uint32_t mebench_board_tis_read(struct MebenchBoard* board, int64_t now, uint32_t at,
                                uint32_t size);
void mebench_board_tis_write(struct MebenchBoard* board, int64_t now, uint32_t at, uint32_t value,
                             uint32_t size);

#ifdef __cplusplus
}
#endif

#endif
