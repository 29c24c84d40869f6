#include "files/atomic_write.h"
#include "files/freed_memory.h"
#include "files/system_error.h"
#include "index/index_file.h"

namespace cascade::index_file {
namespace {

Result<std::unique_ptr<files::FileLock>> take_lock(const std::string& path) {
  auto lock = std::make_unique<files::FileLock>(lock_path(path));
  if (lock->state() == files::FileLock::State::failed) {
    Error error = files::system_error("cannot write the index", path, lock->error());
    error.code = ErrorCode::unwritable;
    return error;
  }
  if (lock->state() == files::FileLock::State::taken)
    return Error{ErrorCode::stale, "another process is writing the index", path, ""};
  return lock;
}

constexpr unsigned mode = 0600;

files::Seal seal_for(std::int64_t scan_start_ns, std::uint64_t boot) {
  return {seal_of(scan_start_ns, boot), boot == 0};
}

}  // namespace

std::string lock_path(const std::string& path) { return path + ".lock"; }

Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions, std::uint64_t boot) {
  const auto lock = take_lock(path);
  if (!lock) return lock.error();
  const FilePieces file(key, scan_start_ns, regions);
  return files::write_sealed(path, file.pieces(), seal_for(scan_start_ns, boot), mode);
}

Result<std::unique_ptr<Writer>> Writer::begin(const std::string& path) {
  auto lock = take_lock(path);
  if (!lock) return lock.error();
  auto file = files::GrowingFile::begin(path, mode);
  if (!file) return file.error();
  std::unique_ptr<Writer> writer(new Writer(*std::move(lock), *std::move(file)));
  writer->put({writer->layout_.header()});
  return writer;
}

void Writer::put(const std::vector<std::string_view>& pieces) {
  if (!done_) return;
  done_ = file_.append(pieces);
}

Result<std::shared_ptr<const files::MappedPart>> Writer::add(RegionKind kind,
                                                             const std::function<void(const Sink&)>& write) {
  put({layout_.begin(kind)});
  const std::uint64_t begin = file_.size();
  write([this](std::string_view bytes) {
    layout_.add(bytes);
    put({bytes});
  });
  if (!done_) return done_.error();
  auto mapped = file_.part(begin, file_.size() - begin);
  if (!mapped) return mapped.error();
  return mapped_.emplace_back(std::make_shared<const files::MappedPart>(*std::move(mapped)));
}

void Writer::release_pages() const noexcept {
  for (const auto& part : mapped_) files::release_pages(part->bytes());
}

Result<void> Writer::add(RegionKind kind, const std::vector<std::string_view>& pieces) {
  put({layout_.begin(kind)});
  for (const std::string_view piece : pieces) layout_.add(piece);
  put(pieces);
  return done_;
}

Result<void> Writer::finish(const hash::Hash128& key, std::int64_t scan_start_ns, std::uint64_t boot) {
  const std::string end = layout_.finish(key, scan_start_ns);
  put({end});
  if (!done_) return done_;
  return file_.finish(layout_.header(), seal_for(scan_start_ns, boot));
}

}  // namespace cascade::index_file
