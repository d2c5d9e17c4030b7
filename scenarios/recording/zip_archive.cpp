// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <memory>

namespace scenarios::recording {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::uint64_t kMostUnpacked = 64u << 20;

struct Failure {
  Failure() { zip_error_init(&error); }
  ~Failure() { zip_error_fini(&error); }
  Failure(const Failure&) = delete;
  Failure& operator=(const Failure&) = delete;
  Error as(Errc code, const char* doing) {
    return {code, fmt::format("{}: {}", doing, zip_error_strerror(&error))};
  }
  zip_error_t error;
};

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using OpenZip = std::unique_ptr<zip_t, Discard>;
using OpenZipped = std::unique_ptr<zip_file_t, Discard>;
using ZipSource = std::unique_ptr<zip_source_t, Discard>;

Error damaged(zip_t* archive) {
  return {Errc::invalid, fmt::format("a damaged zip archive: {}", zip_strerror(archive))};
}

Result<ZippedFile> unzip_one(zip_t* archive, std::uint64_t index, std::uint64_t most) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(archive, index, 0, &stat) != 0) return damaged(archive);
  constexpr std::uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE;
  if ((stat.valid & wanted) != wanted || stat.size > most)
    return Error{Errc::invalid, "a zip archive that unpacks to more than 64 MiB"};
  const OpenZipped file(zip_fopen_index(archive, index, 0));
  if (file == nullptr) return damaged(archive);
  ZippedFile out{.name = stat.name, .text = std::string(stat.size, '\0')};
  const zip_int64_t got = zip_fread(file.get(), out.text.data(), stat.size);
  if (got < 0 || static_cast<std::uint64_t>(got) != stat.size)
    return Error{Errc::invalid, fmt::format("a damaged zip archive: {} cannot be read", out.name)};
  return out;
}

Result<void> zip_one(zip_t* archive, const ZippedFile& file) {
  ZipSource source(zip_source_buffer(archive, file.text.data(), file.text.size(), 0));
  if (source == nullptr || zip_file_add(archive, file.name.c_str(), source.get(), 0) < 0)
    return Error{Errc::io, fmt::format("making a zip archive: {}", zip_strerror(archive))};
  (void)source.release();  // it is the archive's now
  return {};
}

Result<Bytes> contents_of(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
    return Error{Errc::io, "making a zip archive: it cannot be read back"};
  Bytes bytes(stat.size);
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got < 0 || static_cast<std::uint64_t>(got) != stat.size)
    return Error{Errc::io, "making a zip archive: it cannot be read back"};
  return bytes;
}

}  // namespace

Result<std::vector<ZippedFile>> unzip(base::ByteView bytes) {
  Failure failure;
  ZipSource source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &failure.error));
  if (source == nullptr) return failure.as(Errc::invalid, "no zip archive");
  const OpenZip archive(zip_open_from_source(source.get(), ZIP_RDONLY, &failure.error));
  if (archive == nullptr) return failure.as(Errc::invalid, "no zip archive");
  (void)source.release();  // it is the archive's now
  std::vector<ZippedFile> files;
  std::uint64_t left = kMostUnpacked;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive.get(), 0); ++i) {
    auto file = unzip_one(archive.get(), static_cast<std::uint64_t>(i), left);
    if (!file) return file.error();
    left -= file->text.size();
    files.push_back(std::move(file).value());
  }
  return files;
}

Result<Bytes> zip(const std::vector<ZippedFile>& files) {
  Failure failure;
  ZipSource source(zip_source_buffer_create(nullptr, 0, 0, &failure.error));
  if (source == nullptr) return failure.as(Errc::io, "making a zip archive");
  zip_source_keep(source.get());  // closing the archive lets go of it, and its bytes are wanted
  OpenZip archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &failure.error));
  if (archive == nullptr) {
    zip_source_free(source.get());
    return failure.as(Errc::io, "making a zip archive");
  }
  for (const ZippedFile& file : files) {
    if (const auto done = zip_one(archive.get(), file); !done) return done.error();
  }
  if (zip_close(archive.get()) != 0)
    return Error{Errc::io, fmt::format("making a zip archive: {}", zip_strerror(archive.get()))};
  (void)archive.release();
  return contents_of(source.get());
}

}  // namespace scenarios::recording
