/* SPDX-License-Identifier: BSD-3-Clause */
/* mebench in C11, for every language that calls C: a simulated board with its Management Engine and
   TPM, what goes wrong on it, and stories with their verdicts. docs/library.md, "From C".

   Errors are values: a function that can fail gives NULL when it did not, and otherwise an error
   with a kind and a sentence, which the caller frees. Where it fails, what it would have given is
   untouched.

   What comes through `char **`, or in a mebench_bytes, is the caller's: mebench_free(). Text is
   UTF-8 and ends in a zero byte. Times are nanoseconds of the board's own clock, unless a name says
   otherwise. A pointer may be NULL only where it is said.

   Threads: all boards of a process, and all that they gave, belong to one thread at a time. No
   function makes a thread or a process. One file holds it all, libmebench.so; it shares nothing
   with libmebench_board.so, and a process loads one of the two. */
#ifndef MEBENCH_MEBENCH_H
#define MEBENCH_MEBENCH_H

#include <mebench/export.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Which one this is ---- */

/* Of this header. Functions are added under the same number; one that goes, or means something
   else, raises it, and the library's file name with it (libmebench.so.1). */
#define MEBENCH_INTERFACE 1
MEBENCH_API int mebench_interface(void);            /* of the library that runs */
MEBENCH_API const char *mebench_version_text(void); /* "0.1.0" */

/* ---- Errors, and what is given ---- */

typedef enum mebench_code {
  MEBENCH_TIMEOUT = 1,  /* an answer did not come within its limit */
  MEBENCH_DISCONNECTED, /* the link or the connection is gone; connecting again may help */
  MEBENCH_PROTOCOL,     /* the other side sent what its specification does not allow */
  MEBENCH_REFUSED,      /* the other side answered, and the answer is no (mebench_error_status) */
  MEBENCH_NOT_FOUND,    /* no such client, file or name */
  MEBENCH_IO,           /* the operating system reported a failure */
  MEBENCH_INVALID,      /* an argument, a file or a message is malformed */
  MEBENCH_UNSUPPORTED,  /* this board cannot do it */
  MEBENCH_PERMISSION,   /* the operating system forbids it */
  MEBENCH_BUSY,         /* in use; trying later may help */
  MEBENCH_INTERRUPTED,  /* the caller asked to stop */
  MEBENCH_NO_MEMORY
} mebench_code;

typedef struct mebench_error mebench_error;
MEBENCH_API mebench_code mebench_error_code(const mebench_error *error);
/* What was being done and what is wrong, for a person. Good as long as the error is. */
MEBENCH_API const char *mebench_error_text(const mebench_error *error);
/* The other side's own number; 0: none. */
MEBENCH_API uint32_t mebench_error_status(const mebench_error *error);
MEBENCH_API void mebench_error_free(mebench_error *error); /* NULL: nothing happens */

typedef struct mebench_bytes {
  uint8_t *data;
  size_t size;
} mebench_bytes;

/* What a function gave: a text, or the data of a mebench_bytes. NULL: nothing happens. */
MEBENCH_API void mebench_free(void *given);

/* A list of texts. */
typedef struct mebench_texts mebench_texts;
MEBENCH_API size_t mebench_texts_count(const mebench_texts *texts);
/* Good as long as the list is; NULL behind its end. */
MEBENCH_API const char *mebench_texts_at(const mebench_texts *texts, size_t index);
MEBENCH_API void mebench_texts_free(mebench_texts *texts);

/* ---- A board ---- */

typedef struct mebench_board mebench_board;

typedef struct mebench_options {
  size_t size; /* sizeof(mebench_options): so a later library knows an earlier program */
  const char *const *settings; /* values of the profile, "tpm.fitted=false" (docs/machines.md) */
  size_t setting_count;
  uint64_t seed;        /* of everything random: one seed, one history. 0: 1 */
  const uint8_t *flash; /* as it was left; NULL: fresh from the factory */
  size_t flash_size;
} mebench_options;

/* Every machine that comes along, sorted. */
MEBENCH_API mebench_error *mebench_machines(mebench_texts **out);
/* A board without power. `machine` is a name, or the path of a profile (holds '/' or ends in
   .toml); `options` may be NULL. Errors: not_found (lists the known names), invalid (the place and
   what would be right). */
MEBENCH_API mebench_error *mebench_board_make(const char *machine, const mebench_options *options,
                                              mebench_board **out);
/* What it gave stays good: a connection holds its board until it is closed itself. */
MEBENCH_API void mebench_board_free(mebench_board *board);

/* Applies power where there is none, and runs the board until its firmware and its BIOS are done.
   Errors: timeout (not within `limit`). */
MEBENCH_API mebench_error *mebench_board_boot(mebench_board *board, int64_t limit);
MEBENCH_API void mebench_board_power_on(mebench_board *board);
MEBENCH_API void mebench_board_power_cut(mebench_board *board); /* a flash operation is torn */
MEBENCH_API void mebench_board_reset_platform(mebench_board *board);
MEBENCH_API void mebench_board_reset_me(mebench_board *board);
/* What a person does in the BIOS's set-up: "enable", "clear", ... (docs/scenarios.md, "bios"); the
   board restarts. Errors: invalid (no such action), unsupported (no TPM). */
MEBENCH_API mebench_error *mebench_board_bios(mebench_board *board, const char *const *actions,
                                              size_t count);

/* Since the board was made. */
MEBENCH_API int64_t mebench_board_now(mebench_board *board);
/* Everything that is due in the next `amount` happens, in its order; 0 or less: nothing. */
MEBENCH_API void mebench_board_advance(mebench_board *board, int64_t amount);

/* ---- As host software sees it, with mebench's own drivers in between ---- */

/* One connection to one client of the Management Engine. */
typedef struct mebench_connection mebench_connection;

/* `guid` as text, "309dcde8-ccb1-4062-8f78-600115a34327" (docs/protocols.md has those of all
   boards). Errors: invalid (no GUID), not_found (no such client), busy (its connections are taken),
   disconnected, timeout. */
MEBENCH_API mebench_error *mebench_connect(mebench_board *board, const char *guid,
                                           mebench_connection **out);
MEBENCH_API uint32_t mebench_connection_max_length(const mebench_connection *connection);
MEBENCH_API uint8_t mebench_connection_version(const mebench_connection *connection);
/* A whole message. Errors: timeout (not taken within `limit`), disconnected, invalid (too long). */
MEBENCH_API mebench_error *mebench_send(mebench_connection *connection, const uint8_t *message,
                                        size_t size, int64_t limit);
/* The next whole message. Errors: timeout, disconnected, protocol. */
MEBENCH_API mebench_error *mebench_receive(mebench_connection *connection, int64_t limit,
                                           mebench_bytes *out);
MEBENCH_API void mebench_disconnect(mebench_connection *connection); /* NULL: nothing happens */

/* A command of the TPM, and its response. Errors: unsupported (a board without one), timeout (the
   command was cancelled), disconnected, protocol. */
MEBENCH_API mebench_error *mebench_tpm(mebench_board *board, const uint8_t *command, size_t size,
                                       int64_t limit, mebench_bytes *out);

/* A conversation in lines of text, as a story's own updater has it (docs/protocols.md, "A board in
   lines of text"): for who brings the board to a program in another process. One has a connection
   to one client at a time, beside the TPM and the clock. */
typedef struct mebench_conversation mebench_conversation;
MEBENCH_API mebench_error *mebench_conversation_begin(mebench_board *board,
                                                      mebench_conversation **out);
/* `request` and the answer have no end of line. What is wrong with a request is in its answer,
   "error invalid ...". */
MEBENCH_API mebench_error *mebench_conversation_say(mebench_conversation *conversation,
                                                    const char *request, char **answer);
MEBENCH_API void mebench_conversation_end(mebench_conversation *conversation); /* NULL: nothing */

/* The HECI registers, offsets from BAR0, for a driver of one's own: not beside connections. */
MEBENCH_API uint32_t mebench_read32(mebench_board *board, uint32_t offset);
MEBENCH_API void mebench_write32(mebench_board *board, uint32_t offset, uint32_t value);

/* ---- What goes wrong ---- */

typedef struct mebench_fault {
  size_t size;         /* sizeof(mebench_fault) */
  const char *point;   /* "flash_program", "fwu_data", ... (docs/scenarios.md, "fault") */
  const char *action;  /* "power_cut_inside", "fail", "ignore", "delay", ... */
  uint32_t occurrence; /* counted from now on, from 1; 0: 1 */
  uint32_t repeat;     /* on so many in a row; 0: 1 */
  int64_t delay;       /* action "delay" only, and more than 0 there */
  uint32_t status;     /* "fail" of an "fwu_..." only: its number; 0: 8707 */
} mebench_fault;

/* Errors: invalid (no such word; lists the known ones, or what does not go together). */
MEBENCH_API mebench_error *mebench_arm(mebench_board *board, const mebench_fault *fault);
MEBENCH_API void mebench_disarm_all(mebench_board *board);
/* Faults that never struck, each as "power_cut_inside at flash_program, occurrence 3": a test that
   armed one of these has proved nothing. */
MEBENCH_API mebench_error *mebench_unfired(mebench_board *board, mebench_texts **out);

/* ---- What became of it ---- */

/* The names of what can be known about a board that no host could see, and their meanings. */
MEBENCH_API mebench_error *mebench_facts(mebench_board *board, mebench_texts **names,
                                         mebench_texts **meanings);
/* Errors: not_found (lists the known names). */
MEBENCH_API mebench_error *mebench_fact(mebench_board *board, const char *name, char **out);
/* The last messages and events on the bus, named, the oldest first, as a story that failed shows
   them. What repeats is folded. */
MEBENCH_API mebench_error *mebench_bus(mebench_board *board, mebench_texts **out);
/* An update image of that version, "5.2.70.1046", for this board, signed with its factory's key:
   synthetic, and only simulated boards take it. Errors: invalid. */
MEBENCH_API mebench_error *mebench_update_image(mebench_board *board, const char *version,
                                                mebench_bytes *out);
MEBENCH_API mebench_error *mebench_flash(mebench_board *board, mebench_bytes *out);

/* The whole board as bytes; and back: on a board of the same machine and settings it goes on as it
   would have. Connections are gone then. Errors: invalid (another version or machine; damaged): the
   board is as it was. */
MEBENCH_API mebench_error *mebench_snapshot(mebench_board *board, mebench_bytes *out);
MEBENCH_API mebench_error *mebench_restore(mebench_board *board, const uint8_t *saved, size_t size);

/* ---- Stories ---- */

typedef enum mebench_verdict {
  MEBENCH_PASSED = 0,
  MEBENCH_FAILED = 1,       /* an expectation did not hold */
  MEBENCH_SCRIPT_ERROR = 2, /* the story itself makes no sense */
  MEBENCH_INTERNAL = 3,     /* what ran it broke */
  MEBENCH_INVALID_RUN = 4,  /* an armed fault never struck: it proved nothing */
  MEBENCH_SKIPPED = 5 /* it cannot be told here: it starts a program, which `mesim run` does */
} mebench_verdict;

/* One result a story: a file with a matrix has several. */
typedef struct mebench_results mebench_results;

/* Tells the stories of a file, or of a folder, as `mesim run` does (docs/scenarios.md): here, one
   after the other, each on a board of its own. `filter` is a regular expression for their ids, and
   may be NULL. Each has a folder below TMPDIR while it is told. A story that makes no sense is a
   result; errors are not_found (no such file, or nothing in the folder), invalid (the filter, or
   it leaves nothing), io. */
MEBENCH_API mebench_error *mebench_run(const char *path, const char *filter, mebench_results **out);
MEBENCH_API size_t mebench_results_count(const mebench_results *results);
/* `index` is below the count; all texts are good as long as the results are. */
MEBENCH_API mebench_verdict mebench_results_verdict(const mebench_results *results, size_t index);
MEBENCH_API const char *mebench_results_id(const mebench_results *results, size_t index);
/* As `mesim run` prints it: one line, and where it did not pass what was expected, what came, and
   the bus. */
MEBENCH_API const char *mebench_results_report(const mebench_results *results, size_t index);
/* All of them as `mesim run --json` writes them (docs/schema/run.schema.json). */
MEBENCH_API const char *mebench_results_json(const mebench_results *results);
MEBENCH_API void mebench_results_free(mebench_results *results);

#ifdef __cplusplus
}
#endif
#endif
