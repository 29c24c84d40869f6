// Three things change together: a folder, the lock and the user's cascade.yaml. A note in the staging folder says what
// was there before; it is written first and removed last, and whoever opens the shelf and finds one puts everything
// back. The staging folder lies beside the libraries, so that a whole folder moves in one step.
#include "library/shelf.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/system_error.h"
#include "files/tree.h"
#include "files/user_file.h"
#include "files/whole_folder.h"
#include "files/whole_moves.h"
#include "hash/sha256.h"
#include "library/roots_edit.h"
#include "library/source.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::collection {
namespace {

constexpr std::uint64_t largest_lock = 64u << 20, largest_settings = 1u << 20;

Error unwritable(std::string what, const std::string& path, std::string help) {
  return {ErrorCode::unwritable, std::move(what), path, std::move(help)};
}

Result<Lock> lock_at(const std::string& path) {
  const auto text = files::DiskTree().read_if_there(path, largest_lock);
  if (!text) return text.error();
  return read_lock(text->value_or(""), path);
}

std::string note_text(const std::string& name, bool is_new, const std::string& lock) {
  syntax::JsonWriter json;
  json.begin_object().key("name").string(name).key("new").boolean(is_new).key("lock").string(lock).end_object();
  return json.take() + "\n";
}

}  // namespace

Result<Lock> Shelf::look(const Places& places) { return lock_at(places.lock); }

Result<Shelf> Shelf::open(Places places) {
  if (places.folder.empty() || places.lock.empty() || places.writer.empty())
    return unwritable("there is no folder for libraries", {}, "set HOME");
  Shelf shelf(std::move(places));
  for (const std::string& path : {shelf.places_.folder, std::string(files::parent(shelf.places_.lock)),
                                  std::string(files::parent(shelf.places_.writer))})
    if (auto made = files::make_directories(path); !made) return made.error();
  shelf.writer_ = std::make_unique<files::FileLock>(shelf.places_.writer);
  if (shelf.writer_->state() == files::FileLock::State::failed)
    return files::unwritable("cannot be locked", shelf.places_.writer, shelf.writer_->error());
  if (shelf.writer_->state() == files::FileLock::State::taken)
    return unwritable("another cascade library is at work", shelf.places_.writer, "wait for its end");
  if (auto undone = shelf.clear(); !undone) return undone.error();
  auto lock = lock_at(shelf.places_.lock);
  if (!lock) return lock.error();
  shelf.lock_ = *std::move(lock);
  return shelf;
}

Shelf::~Shelf() {
  if (!writer_ || writer_->state() != files::FileLock::State::held) return;
  if (!files::DiskTree().stat(files::join(staging(), "note"))) static_cast<void>(files::remove_folder(staging()));
  for (const std::string& made :
       {places_.folder, std::string(files::parent(places_.folder)), std::string(files::parent(places_.lock))})
    files::remove_empty_folder(made);
}

std::string Shelf::folder_of(const std::string& name) const { return files::join(places_.folder, name); }
std::string Shelf::staging() const { return files::join(places_.folder, ".staging"); }

Result<void> Shelf::clear() {
  const std::string note = files::join(staging(), "note"), old = files::join(staging(), "old");
  const files::DiskTree tree;
  const auto text = tree.read_if_there(note, largest_lock * 2);
  if (!text) return text.error();
  if (*text) {
    const syntax::Node before = syntax::parse_json(**text).root;
    const std::string name = text_of(before, "name"), lock = text_of(before, "lock");
    if (!is_library_name(name))
      return Error{ErrorCode::malformed, "what a killed command noted cannot be read", note,
                   "look into its folder, then remove it"};
    const syntax::Node* const is_new = before.find("new");
    const bool was_added = is_new != nullptr && is_new->text == "true";
    const bool was_moved = tree.stat(old).has_value();
    if (was_moved || was_added)
      if (auto removed = files::remove_folder(folder_of(name)); !removed) return removed;
    if (was_moved)
      if (auto moved = files::move_folder(old, folder_of(name)); !moved) return moved;
    const auto written = lock.empty() ? files::remove_file(places_.lock) : files::write_atomically(places_.lock, lock);
    if (!written) return written;
    if (was_added)
      if (auto edited = edit_roots(name, false); !edited) return edited;
    if (auto removed = files::remove_file(note); !removed) return removed;
  }
  // The git of a killed one may still be writing for a moment.
  if (!files::remove_folder(staging()))
    if (auto removed = files::remove_folder(staging()); !removed) return removed;
  return files::make_directories(staging());
}

Result<std::string> Shelf::lay_out(const std::vector<FetchedFile>& files) {
  const std::string folder = files::join(staging(), "new");
  if (auto removed = files::remove_folder(folder); !removed) return removed.error();
  if (auto made = files::make_directories(folder); !made) return made.error();
  for (const FetchedFile& file : files) {
    const std::string path = files::join(folder, file.path);
    if (auto made = files::make_directories(std::string(files::parent(path)), 0755); !made) return made.error();
    if (auto written = files::write_atomically(path, file.text, file.is_program ? 0755 : 0644); !written)
      return written.error();
  }
  return folder;
}

Result<void> Shelf::write_lock() {
  if (lock_.libraries.empty()) return files::remove_file(places_.lock);
  return files::write_atomically(places_.lock, lock_text(lock_));
}

Result<void> Shelf::edit_roots(const std::string& name, bool in) {
  const files::DiskTree tree;
  const std::string path = tree.real_path(places_.users_file).value_or(places_.users_file);
  const auto before = tree.read_if_there(path, largest_settings);
  if (!before) return before.error();
  const std::string text = before->value_or("");
  const std::string root = root_at(places_.home, folder_of(name));
  const auto after = in ? with_root(text, root) : without_root(text, root);
  if (!after) {
    row_by_hand_ = root;
    return {};
  }
  if (*after == text) return {};
  if (after->empty()) return files::remove_file(path);
  return *before ? files::replace_user_file(path, text, *after) : files::write_user_file(path, *after, 0644);
}

Result<void> Shelf::exchange(const Library& library) {
  const files::DiskTree tree;
  const std::string folder = folder_of(library.name);
  if (tree.stat(folder))
    if (auto moved = files::move_folder(folder, files::join(staging(), "old")); !moved) return moved;
  if (auto moved = files::move_folder(files::join(staging(), "new"), folder); !moved) return moved;
  const bool is_new = lock_.find(library.name) == nullptr;
  lock_.put(library);
  if (auto written = write_lock(); !written) return written;
  return is_new ? edit_roots(library.name, true) : Result<void>();
}

Result<void> Shelf::take(const Library& library) {
  const std::string note = files::join(staging(), "note");
  const std::string before = lock_.libraries.empty() ? std::string() : lock_text(lock_);
  const bool is_new = lock_.find(library.name) == nullptr;
  if (is_new && files::DiskTree().stat(folder_of(library.name)))
    return unwritable("this folder is there, and no library of the lock", folder_of(library.name),
                      "move it away, or --name gives another");
  if (auto written = files::write_atomically(note, note_text(library.name, is_new, before)); !written) return written;
  auto done = exchange(library);
  if (done) done = files::remove_file(note);
  const auto cleaned = clear();  // where it failed, as it was; else only the staging folder is emptied
  return done ? cleaned : done;
}

Result<void> Shelf::remove(const std::string& name) {
  if (auto edited = edit_roots(name, false); !edited) return edited;
  const std::string folder = folder_of(name);
  if (files::DiskTree().stat(folder))
    if (auto moved = files::move_folder(folder, files::join(staging(), "gone")); !moved) return moved;
  lock_.erase(name);
  return write_lock();
}

Result<std::optional<std::vector<LockedFile>>> files_now(const std::string& folder) {
  constexpr files::FolderLimits limits{.bytes = std::uint64_t{1} << 30, .entries = 100'000, .depth = 64};
  const auto stamp = files::DiskTree().stat(folder);
  if (!stamp) return std::optional<std::vector<LockedFile>>();
  const auto whole = files::read_whole_folder(folder, limits);
  if (!whole) return whole.error();
  std::vector<LockedFile> files;
  for (const files::WholeFile& file : *whole)
    if (!file.directory) files.push_back({file.path, hash::sha256(file.text)});
  return std::optional<std::vector<LockedFile>>(std::move(files));
}

std::vector<LockedFile> locked_files(const std::vector<FetchedFile>& files) {
  std::vector<LockedFile> locked;
  for (const FetchedFile& file : files) locked.push_back({file.path, hash::sha256(file.text)});
  return locked;
}

}  // namespace cascade::collection
