/* SPDX-License-Identifier: BSD-3-Clause */
/* A board in C11: it boots, is asked for its version as host software asks, and loses its power in
   the middle of its next boot. */
#include <mebench/mebench.h>
#include <stdio.h>
#include <stdlib.h>

static const int64_t kSecond = 1000000000;

/* Errors are values: NULL is none. */
static void must(mebench_error *error) {
  if (error == NULL) return;
  fprintf(stderr, "%s\n", mebench_error_text(error));
  mebench_error_free(error);
  exit(1);
}

static void tell(mebench_board *board, const char *what, const char *fact) {
  char *value = NULL;
  must(mebench_fact(board, fact, &value));
  printf("%s: %s\n", what, value);
  mebench_free(value);
}

int main(void) {
  mebench_board *board = NULL;
  must(mebench_board_make("esprimo-e5730", NULL, &board));
  must(mebench_board_boot(board, 60 * kSecond));
  tell(board, "it runs", "version");

  /* FWU GET_VERSION: one byte there, 01h and the version back (docs/protocols.md). */
  mebench_connection *update_client = NULL;
  must(mebench_connect(board, "309dcde8-ccb1-4062-8f78-600115a34327", &update_client));
  const uint8_t get_version[4] = {0};
  mebench_bytes reply = {0};
  must(mebench_send(update_client, get_version, sizeof get_version, kSecond));
  must(mebench_receive(update_client, kSecond, &reply));
  printf("the update client answers %zu bytes\n", reply.size);
  mebench_free(reply.data);
  mebench_disconnect(update_client);

  mebench_fault fault = {.size = sizeof fault, .point = "boot", .action = "power_cut_inside"};
  must(mebench_arm(board, &fault));
  mebench_board_reset_me(board);
  mebench_board_advance(board, kSecond);
  tell(board, "after the fault it has power", "powered");
  mebench_board_free(board);
  return 0;
}
