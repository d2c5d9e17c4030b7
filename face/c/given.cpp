// SPDX-License-Identifier: BSD-3-Clause
// Errors, texts and bytes as a C program gets them, and gives them back.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "face/c/handles.h"
#include "face/convert.h"

namespace face {
namespace {

/// Both lists have the same kinds in the same order, the C one from 1: the last two tell.
static_assert(MEBENCH_INTERRUPTED == static_cast<int>(mebench::Errc::interrupted) + 1);
static_assert(MEBENCH_BUSY == static_cast<int>(mebench::Errc::busy) + 1);

mebench_error the_one_without_memory{
    .code = MEBENCH_NO_MEMORY, .status = 0, .text = "no memory is left"};

void* some(std::size_t size) {
  void* memory = std::malloc(std::max<std::size_t>(size, 1));
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

mebench_error* error_of(const mebench::Error& error) {
  return new mebench_error{.code = static_cast<mebench_code>(static_cast<int>(error.code) + 1),
                           .status = error.status,
                           .text = error.what};
}

mebench_error* error_of(const base::Error& error) {
  return error_of(shown(error));
}

mebench_error* no_memory() {
  return &the_one_without_memory;
}

char* given(const std::string& text) {
  auto* copy = static_cast<char*>(some(text.size() + 1));
  std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

mebench_bytes given(mebench::ByteView bytes) {
  mebench_bytes copy{.data = static_cast<std::uint8_t*>(some(bytes.size())), .size = bytes.size()};
  std::copy(bytes.begin(), bytes.end(), copy.data);
  return copy;
}

mebench_texts* given(std::vector<std::string> texts) {
  return new mebench_texts{std::move(texts)};
}

}  // namespace face

int mebench_interface(void) {
  return MEBENCH_INTERFACE;
}
const char* mebench_version_text(void) {
  return MEBENCH_VERSION;
}

mebench_code mebench_error_code(const mebench_error* error) {
  return error->code;
}
const char* mebench_error_text(const mebench_error* error) {
  return error->text.c_str();
}
uint32_t mebench_error_status(const mebench_error* error) {
  return error->status;
}
void mebench_error_free(mebench_error* error) {
  if (error != face::no_memory()) delete error;
}

void mebench_free(void* given) {
  std::free(given);
}

size_t mebench_texts_count(const mebench_texts* texts) {
  return texts->texts.size();
}
const char* mebench_texts_at(const mebench_texts* texts, size_t index) {
  return index < texts->texts.size() ? texts->texts[index].c_str() : nullptr;
}
void mebench_texts_free(mebench_texts* texts) {
  delete texts;
}
