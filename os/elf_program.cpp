// SPDX-License-Identifier: BSD-3-Clause
#include "os/elf_program.h"

#include <elf.h>

#include <cstring>

#include "os/read_file.h"

namespace os {
namespace {

template <class T>
bool read_at(const base::Bytes& file, std::size_t offset, T& out) {
  if (file.size() < sizeof out || offset > file.size() - sizeof out) return false;
  std::memcpy(&out, file.data() + offset, sizeof out);
  return true;
}

}  // namespace

Loading loading_of(const std::string& file) {
  constexpr std::size_t start = 65536;  // the headers stand there
  const auto bytes = read_start(file, start);
  Elf64_Ehdr header = {};
  if (!bytes || !read_at(*bytes, 0, header)) return Loading::no_program;
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return Loading::no_program;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part = {};
    if (!read_at(*bytes, header.e_phoff + i * header.e_phentsize, part)) return Loading::no_program;
    if (part.p_type == PT_INTERP) return Loading::with_libraries;
  }
  return Loading::alone;
}

}  // namespace os
