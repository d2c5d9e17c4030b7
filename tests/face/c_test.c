/* SPDX-License-Identifier: BSD-3-Clause */
/* The C interface, as a C11 program sees it that has nothing but the installed header.
   c_test STORIES TEST: one of the tests below. */
#include <mebench/mebench.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t kSecond = 1000000000;
static const char kUpdateClient[] = "309dcde8-ccb1-4062-8f78-600115a34327";
static const uint32_t kMeCsr = 0x0C;
static const uint32_t kMeReady = 0x08;
static const uint8_t kGetVersion[4] = {0};
/* TPM_GetCapability(property, manufacturer), of the TPM 1.2 specification. */
static const uint8_t kManufacturer[] = {0x00, 0xC1, 0, 0, 0, 0x16, 0, 0, 0, 0x65, 0,
                                        0,    0,    5, 0, 0, 0,    4, 0, 0, 1,    3};

static const char *stories; /* the folder with this test's stories */
static int failures;

#define EXPECT(what) expect((what), #what, __LINE__)
static void expect(bool good, const char *what, int line) {
  if (good) return;
  printf("c_test.c:%d: %s\n", line, what);
  ++failures;
}

/* There is no error. */
#define GOOD(call) good((call), #call, __LINE__)
static void good(mebench_error *error, const char *call, int line) {
  if (error == NULL) return;
  printf("c_test.c:%d: %s: %s\n", line, call, mebench_error_text(error));
  exit(1);
}

/* There is one of this kind, and its text has `part`. */
#define WRONG(call, code, part) wrong((call), (code), (part), #call, __LINE__)
static void wrong(mebench_error *error, mebench_code code, const char *part, const char *call,
                  int line) {
  if (error == NULL || mebench_error_code(error) != code ||
      strstr(mebench_error_text(error), part) == NULL) {
    printf("c_test.c:%d: %s: %s\n", line, call, error ? mebench_error_text(error) : "no error");
    ++failures;
  }
  mebench_error_free(error);
}

static mebench_board *booted(const char *machine) {
  mebench_board *board = NULL;
  GOOD(mebench_board_make(machine, NULL, &board));
  GOOD(mebench_board_boot(board, 60 * kSecond));
  return board;
}

static bool fact_is(mebench_board *board, const char *name, const char *wanted) {
  char *value = NULL;
  GOOD(mebench_fact(board, name, &value));
  const bool same = strcmp(value, wanted) == 0;
  if (!same) printf("%s is %s\n", name, value);
  mebench_free(value);
  return same;
}

static bool some_text_has(const mebench_texts *texts, const char *part) {
  for (size_t i = 0; i < mebench_texts_count(texts); ++i) {
    if (strstr(mebench_texts_at(texts, i), part) != NULL) return true;
  }
  return false;
}

static void tells_which_interface_it_has(void) {
  EXPECT(mebench_interface() == MEBENCH_INTERFACE);
  EXPECT(strchr(mebench_version_text(), '.') != NULL);
}

static void makes_a_board_by_its_name(void) {
  mebench_texts *machines = NULL;
  GOOD(mebench_machines(&machines));
  EXPECT(some_text_has(machines, "thinkpad-t400"));
  EXPECT(mebench_texts_at(machines, mebench_texts_count(machines)) == NULL);
  mebench_texts_free(machines);
  mebench_board *board = NULL;
  WRONG(mebench_board_make("esprimo", NULL, &board), MEBENCH_NOT_FOUND, "esprimo-e5730");
  WRONG(mebench_board_make(NULL, NULL, &board), MEBENCH_INVALID, "mebench_board_make: a pointer");
  EXPECT(board == NULL);
  board = booted("esprimo-e5730");
  EXPECT(fact_is(board, "boot", "operational"));
  EXPECT(mebench_board_now(board) > 0);
  mebench_board_free(board);
}

static void takes_settings_a_seed_and_a_flash(void) {
  const char *settings[] = {"firmware.version=\"3.1.4.1592\""};
  mebench_options options = {
      .size = sizeof options, .settings = settings, .setting_count = 1, .seed = 7};
  mebench_board *board = NULL;
  GOOD(mebench_board_make("desktop-q35", &options, &board));
  GOOD(mebench_board_boot(board, 60 * kSecond));
  EXPECT(fact_is(board, "version", "3.1.4.1592"));
  mebench_bytes flash = {0};
  GOOD(mebench_flash(board, &flash));
  options.flash = flash.data;
  options.flash_size = flash.size;
  mebench_board *again = NULL;
  GOOD(mebench_board_make("desktop-q35", &options, &again));
  options.flash_size -= 1;
  mebench_board *none = NULL;
  WRONG(mebench_board_make("desktop-q35", &options, &none), MEBENCH_INVALID, "flash");
  settings[0] = "firmware.version";
  WRONG(mebench_board_make("desktop-q35", &options, &none), MEBENCH_INVALID, "KEY=VALUE");
  settings[0] = "firmware.versoin=\"3.1.4.1592\"";
  WRONG(mebench_board_make("desktop-q35", &options, &none), MEBENCH_INVALID, "did you mean");
  options.size = 8;
  WRONG(mebench_board_make("desktop-q35", &options, &none), MEBENCH_INVALID, "sizeof");
  EXPECT(none == NULL);
  mebench_free(flash.data);
  mebench_board_free(again);
  mebench_board_free(board);
}

static void speaks_to_a_client_by_its_guid(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_connection *client = NULL;
  WRONG(mebench_connect(board, "309dcde8", &client), MEBENCH_INVALID, "no GUID");
  WRONG(mebench_connect(board, "00000000-0000-0000-0000-000000000001", &client), MEBENCH_NOT_FOUND,
        "");
  EXPECT(client == NULL);
  GOOD(mebench_connect(board, kUpdateClient, &client));
  EXPECT(mebench_connection_max_length(client) >= 47);
  EXPECT(mebench_connection_version(client) > 0);
  GOOD(mebench_send(client, kGetVersion, sizeof kGetVersion, kSecond));
  mebench_bytes reply = {0};
  GOOD(mebench_receive(client, kSecond, &reply));
  EXPECT(reply.size == 47 && reply.data[0] == 1); /* of ME 3; 01h answers 00h */
  mebench_free(reply.data);
  WRONG(mebench_receive(client, kSecond / 1000, &reply), MEBENCH_TIMEOUT, "");
  mebench_disconnect(client);
  mebench_board_free(board);
}

static void keeps_the_board_of_a_connection(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_connection *client = NULL;
  GOOD(mebench_connect(board, kUpdateClient, &client));
  mebench_board_free(board);
  GOOD(mebench_send(client, kGetVersion, sizeof kGetVersion, kSecond));
  mebench_bytes reply = {0};
  GOOD(mebench_receive(client, kSecond, &reply));
  EXPECT(reply.size == 47);
  mebench_free(reply.data);
  mebench_disconnect(client);
}

static void sends_commands_to_the_tpm(void) {
  mebench_board *board = booted("esprimo-e5730");
  mebench_bytes response = {0};
  GOOD(mebench_tpm(board, kManufacturer, sizeof kManufacturer, 10 * kSecond, &response));
  EXPECT(response.size == 18 && memcmp(response.data + 14, "INTC", 4) == 0);
  mebench_free(response.data);
  const char *enable[] = {"enable", "activate"};
  GOOD(mebench_board_bios(board, enable, 2));
  GOOD(mebench_board_boot(board, 60 * kSecond));
  EXPECT(fact_is(board, "tpm_bios_results", "0 0"));
  mebench_board *without = booted("desktop-q35");
  WRONG(mebench_tpm(without, kManufacturer, sizeof kManufacturer, kSecond, &response),
        MEBENCH_UNSUPPORTED, "no TPM");
  WRONG(mebench_board_bios(without, enable, 2), MEBENCH_UNSUPPORTED, "no TPM");
  mebench_board_free(without);
  mebench_board_free(board);
}

static bool answer_is(mebench_conversation *conversation, const char *request, const char *wanted) {
  char *answer = NULL;
  GOOD(mebench_conversation_say(conversation, request, &answer));
  const bool same = strcmp(answer, wanted) == 0;
  if (!same) printf("%s: %s\n", request, answer);
  mebench_free(answer);
  return same;
}

static void speaks_in_lines_of_text(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_conversation *conversation = NULL;
  GOOD(mebench_conversation_begin(board, &conversation));
  mebench_board_free(board); /* the conversation keeps it */
  EXPECT(answer_is(conversation, "sleep 1500", "ok"));
  EXPECT(answer_is(conversation, "tpm 00c1", "error unsupported this board has no TPM"));
  EXPECT(answer_is(conversation, "connect", "error invalid the request is: connect GUID"));
  char *answer = NULL;
  GOOD(mebench_conversation_say(conversation, "connect 309dcde8-ccb1-4062-8f78-600115a34327",
                                &answer));
  EXPECT(strncmp(answer, "ok ", 3) == 0);
  mebench_free(answer);
  EXPECT(answer_is(conversation, "send 00000000", "ok"));
  GOOD(mebench_conversation_say(conversation, "receive", &answer));
  EXPECT(strlen(answer) == 3 + 2 * 47); /* of ME 3 */
  mebench_free(answer);
  mebench_conversation_end(conversation);
}

static void has_the_registers(void) {
  mebench_board *board = booted("desktop-q35");
  EXPECT((mebench_read32(board, kMeCsr) & kMeReady) != 0);
  mebench_write32(board, 0x04, 0x10); /* H_CSR: H_RST */
  EXPECT((mebench_read32(board, 0x04) & 0x10) != 0);
  mebench_board_reset_me(board);
  EXPECT((mebench_read32(board, kMeCsr) & kMeReady) == 0);
  mebench_board_free(board);
}

static void has_power_and_time(void) {
  mebench_board *board = booted("desktop-q35");
  const int64_t before = mebench_board_now(board);
  mebench_board_advance(board, 4 * kSecond);
  EXPECT(mebench_board_now(board) == before + 4 * kSecond);
  mebench_board_advance(board, -1);
  EXPECT(mebench_board_now(board) == before + 4 * kSecond);
  mebench_board_power_cut(board);
  EXPECT(fact_is(board, "powered", "false"));
  mebench_board_power_on(board);
  EXPECT(fact_is(board, "boot", "booting"));
  WRONG(mebench_board_boot(board, 1), MEBENCH_TIMEOUT, "still boots");
  GOOD(mebench_board_boot(board, 60 * kSecond));
  mebench_board_reset_platform(board);
  EXPECT(fact_is(board, "boot", "booting"));
  mebench_board_free(board);
}

static void arms_faults_in_the_words_of_stories(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_fault fault = {.size = sizeof fault, .point = "boot", .action = "power_cut_after"};
  GOOD(mebench_arm(board, &fault));
  mebench_texts *left = NULL;
  GOOD(mebench_unfired(board, &left));
  EXPECT(mebench_texts_count(left) == 1);
  EXPECT(some_text_has(left, "power_cut_after at boot, occurrence 1"));
  mebench_texts_free(left);
  mebench_board_reset_me(board);
  mebench_board_advance(board, 60 * kSecond);
  GOOD(mebench_unfired(board, &left));
  EXPECT(mebench_texts_count(left) == 0);
  mebench_texts_free(left);
  EXPECT(fact_is(board, "powered", "false"));
  fault.point = "moon";
  WRONG(mebench_arm(board, &fault), MEBENCH_INVALID, "flash_program");
  fault.point = NULL;
  WRONG(mebench_arm(board, &fault), MEBENCH_INVALID, "a point and an action");
  fault.point = "flash_erase";
  GOOD(mebench_arm(board, &fault));
  mebench_disarm_all(board);
  GOOD(mebench_unfired(board, &left));
  EXPECT(mebench_texts_count(left) == 0);
  mebench_texts_free(left);
  mebench_board_free(board);
}

static void tells_facts_with_their_meanings(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_texts *names = NULL;
  mebench_texts *meanings = NULL;
  GOOD(mebench_facts(board, &names, &meanings));
  EXPECT(mebench_texts_count(names) == mebench_texts_count(meanings));
  EXPECT(some_text_has(names, "reset_reason"));
  for (size_t i = 0; i < mebench_texts_count(names); ++i) {
    char *value = NULL;
    GOOD(mebench_fact(board, mebench_texts_at(names, i), &value));
    EXPECT(*mebench_texts_at(meanings, i) != 0);
    mebench_free(value);
  }
  mebench_texts_free(names);
  mebench_texts_free(meanings);
  char *value = NULL;
  WRONG(mebench_fact(board, "mood", &value), MEBENCH_NOT_FOUND, "reset_reason");
  mebench_board_free(board);
}

static void shows_the_last_messages_by_name(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_connection *client = NULL;
  GOOD(mebench_connect(board, kUpdateClient, &client));
  GOOD(mebench_send(client, kGetVersion, sizeof kGetVersion, kSecond));
  mebench_bytes reply = {0};
  GOOD(mebench_receive(client, kSecond, &reply));
  mebench_free(reply.data);
  mebench_texts *bus = NULL;
  GOOD(mebench_bus(board, &bus));
  EXPECT(some_text_has(bus, "FWU GET_VERSION"));
  mebench_texts_free(bus);
  mebench_disconnect(client);
  mebench_board_free(board);
}

static void goes_on_from_a_snapshot(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_bytes saved = {0};
  GOOD(mebench_snapshot(board, &saved));
  const int64_t then = mebench_board_now(board);
  mebench_board_power_cut(board);
  GOOD(mebench_restore(board, saved.data, saved.size));
  EXPECT(fact_is(board, "boot", "operational"));
  EXPECT(mebench_board_now(board) == then);
  saved.data[saved.size - 1] ^= 1;
  WRONG(mebench_restore(board, saved.data, saved.size), MEBENCH_INVALID, "");
  mebench_free(saved.data);
  mebench_board_free(board);
}

static void makes_an_image_of_a_version(void) {
  mebench_board *board = booted("desktop-q35");
  mebench_bytes image = {0};
  GOOD(mebench_update_image(board, "5.2.70.1046", &image));
  EXPECT(image.size > 0x20 && memcmp(image.data + 0x1C, "$MAN", 4) == 0);
  mebench_free(image.data);
  WRONG(mebench_update_image(board, "5.2", &image), MEBENCH_INVALID, "5.2.70.1046");
  mebench_board_free(board);
}

static void tells_a_story_with_its_verdict(void) {
  mebench_results *results = NULL;
  char path[4096];
  snprintf(path, sizeof path, "%s/goes-wrong.toml", stories);
  GOOD(mebench_run(path, NULL, &results));
  EXPECT(mebench_results_count(results) == 1);
  EXPECT(mebench_results_verdict(results, 0) == MEBENCH_FAILED);
  EXPECT(strstr(mebench_results_id(results, 0), "goes-wrong.toml") != NULL);
  EXPECT(strstr(mebench_results_report(results, 0), "9.9.9.9") != NULL);
  EXPECT(strstr(mebench_results_json(results), "\"verdict\": \"failed\"") != NULL);
  mebench_results_free(results);
  GOOD(mebench_run(stories, NULL, &results));
  EXPECT(mebench_results_count(results) == 3);
  EXPECT(mebench_results_verdict(results, 0) == MEBENCH_SCRIPT_ERROR);
  EXPECT(strstr(mebench_results_report(results, 0), "makes-no-sense.toml:9:1") != NULL);
  mebench_results_free(results);
  GOOD(mebench_run(stories, "goes-well", &results));
  EXPECT(mebench_results_verdict(results, 1) == MEBENCH_PASSED);
  mebench_results_free(results);
  WRONG(mebench_run(stories, "(", &results), MEBENCH_INVALID, "");
  WRONG(mebench_run("/no/such/story.toml", NULL, &results), MEBENCH_NOT_FOUND,
        "/no/such/story.toml");
}

static void takes_a_board_along_while_a_story_is_told(void) {
  mebench_board *board = booted("esprimo-e5730");
  mebench_results *results = NULL;
  GOOD(mebench_run(stories, "goes-wrong", &results));
  mebench_results_free(results);
  mebench_bytes response = {0};
  GOOD(mebench_tpm(board, kManufacturer, sizeof kManufacturer, 10 * kSecond, &response));
  EXPECT(response.size == 18);
  mebench_free(response.data);
  mebench_board_free(board);
}

#define TEST(name) \
  { #name, name }
static const struct {
  const char *name;
  void (*run)(void);
} tests[] = {TEST(tells_which_interface_it_has),
             TEST(makes_a_board_by_its_name),
             TEST(takes_settings_a_seed_and_a_flash),
             TEST(speaks_to_a_client_by_its_guid),
             TEST(keeps_the_board_of_a_connection),
             TEST(sends_commands_to_the_tpm),
             TEST(speaks_in_lines_of_text),
             TEST(has_the_registers),
             TEST(has_power_and_time),
             TEST(arms_faults_in_the_words_of_stories),
             TEST(tells_facts_with_their_meanings),
             TEST(shows_the_last_messages_by_name),
             TEST(goes_on_from_a_snapshot),
             TEST(makes_an_image_of_a_version),
             TEST(tells_a_story_with_its_verdict),
             TEST(takes_a_board_along_while_a_story_is_told)};

int main(int count, char **words) {
  if (count != 3) return 2;
  stories = words[1];
  for (size_t i = 0; i < sizeof tests / sizeof *tests; ++i) {
    if (strcmp(tests[i].name, words[2]) != 0) continue;
    tests[i].run();
    return failures == 0 ? 0 : 1;
  }
  printf("there is no test %s\n", words[2]);
  return 2;
}
