// Three things change together: a folder, the lock and the user's cascade.yaml. A note in the staging folder says what
// was there before; it is written first and removed last, and whoever opens the shelf and finds one puts everything
// back. The staging folder lies beside the libraries, so that a whole folder moves in one step.
#include "library/shelf.h"

#include <algorithm>
#include <charconv>

#include "files/atomic_write.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "installed/entries.h"
#include "syntax/put.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::collection {
namespace {

constexpr std::uint64_t largest_lock = 64u << 20, largest_settings = 1u << 20;

Error unwritable(std::string what, const std::string& path, std::string help) {
  return {ErrorCode::unwritable, std::move(what), path, std::move(help)};
}

}  // namespace

Result<Lock> lock_at(const std::string& path) {
  const auto text = files::DiskTree().read_if_there(path, largest_lock);
  if (!text) return text.error();
  return read_lock(text->value_or(""), path);
}

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
  syntax::JsonWriter json;
  put(json.begin_object(), "name", library.name, "new", is_new, "lock", before).end_object();
  if (auto written = files::write_atomically(note, json.take() + "\n"); !written) return written;
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

namespace {

using syntax::Node;

constexpr std::string_view schema = "cascade.lock/1";

Library library_of(const Node& row) {
  Library library{text_of(row, "name"), text_of(row, "source"), text_of(row, "ref"), text_of(row, "commit"), {}};
  if (const Node* files = row.find("files"))
    for (std::size_t i = 0; i < files->size(); ++i) library.files.push_back({files->key(i).text, files->value(i).text});
  std::ranges::sort(library.files, [](const LockedFile& a, const LockedFile& b) { return a.path < b.path; });
  library.without = texts_of(row, "without");
  if (const Node* accepted = row.find("accepted"))
    for (const Node& one : accepted->items)
      if (auto finding = read_accepted(text_of(one, "finding"))) {
        finding->sha256 = text_of(one, "sha256");
        library.accepted.push_back(*std::move(finding));
      }
  return library;
}

}  // namespace

const Library* Lock::find(std::string_view name) const noexcept {
  return letters::find_first(libraries, &Library::name, name);
}

void Lock::put(Library library) {
  erase(library.name);
  const auto at = std::ranges::find_if(libraries, [&](const Library& other) { return library.name < other.name; });
  libraries.insert(at, std::move(library));
}

void Lock::erase(std::string_view name) {
  std::erase_if(libraries, [&](const Library& library) { return library.name == name; });
}

Result<Lock> read_lock(std::string_view text, const std::string& path) {
  constexpr syntax::NodeLimits limits{.bytes = 64 << 20, .depth = 16, .nodes = 4'000'000, .alias_nodes = 0};
  Lock lock;
  if (text.empty()) return lock;
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  const Node* const libraries = parsed.root.find("libraries");
  const auto malformed = [&](const char* what) {
    return Error{ErrorCode::malformed, what, path, "put back the file as it was, or remove it and add the libraries"};
  };
  if (!parsed.complete || text_of(parsed.root, "schema") != schema || libraries == nullptr)
    return malformed("this is no lock of libraries that this version reads");
  for (const Node& row : libraries->items) {
    Library library = library_of(row);
    if (!is_library_name(library.name)) return malformed("a library's name is none");
    lock.put(std::move(library));
  }
  return lock;
}

std::string lock_text(const Lock& lock) {
  syntax::JsonWriter json;
  put(json.begin_object(), "schema", schema);
  json.key("libraries").objects(lock.libraries, [&](const Library& library) {
    put(json, "name", library.name, "source", library.source, "ref", syntax::or_null(library.ref), "commit",
        library.commit);
    json.key("files").begin_object();
    for (const LockedFile& file : library.files) put(json, file.path, file.sha256);
    json.end_object();
    if (!library.without.empty()) put(json, "without", library.without);
    if (library.accepted.empty()) return;
    json.key("accepted").objects(library.accepted, [&](const AcceptedFinding& one) {
      put(json, "finding", word_of(one), "sha256", one.sha256);
    });
  });
  json.end_object();
  return json.take() + "\n";
}

std::vector<std::string> Changes::all() const {
  std::vector<std::string> paths = changed;
  paths.insert(paths.end(), added.begin(), added.end());
  paths.insert(paths.end(), gone.begin(), gone.end());
  return paths;
}

Changes compare(const std::vector<LockedFile>& before, const std::vector<LockedFile>& after) {
  Changes changes;
  auto then = before.begin();
  for (const LockedFile& file : after) {
    for (; then != before.end() && then->path < file.path; ++then) changes.gone.push_back(then->path);
    if (then == before.end() || then->path != file.path) {
      changes.added.push_back(file.path);
      continue;
    }
    if (then->sha256 != file.sha256) changes.changed.push_back(file.path);
    ++then;
  }
  for (; then != before.end(); ++then) changes.gone.push_back(then->path);
  return changes;
}

std::string word_of(const AcceptedFinding& accepted) {
  return accepted.rule + ":" + accepted.path + (accepted.line == 0 ? "" : ":" + std::to_string(accepted.line));
}

std::optional<AcceptedFinding> read_accepted(std::string_view word) {
  AcceptedFinding accepted;
  const std::size_t colon = std::min(word.find(':'), word.size());
  accepted.rule = word.substr(0, colon);
  word.remove_prefix(std::min(colon + 1, word.size()));
  if (const std::size_t last = word.rfind(':'); last != std::string_view::npos) {
    const char *begin = word.data() + last + 1, *end = word.data() + word.size();
    const auto [stop, fault] = std::from_chars(begin, end, accepted.line);
    if (fault == std::errc() && stop == end && accepted.line != 0) word = word.substr(0, last);
  }
  accepted.path = word;
  const bool is_rule = !accepted.rule.empty() && std::ranges::all_of(accepted.rule, letters::is_name);
  if (!is_rule || accepted.path.empty()) return std::nullopt;
  return accepted;
}

AcceptedFinding accepting(const Diagnostic& finding) { return {finding.rule, finding.at.path, finding.at.line, {}}; }

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept {
  return accepted.rule == finding.rule && accepted.path == finding.at.path && accepted.line == finding.at.line;
}

// A new row goes behind everything, or behind the last root of the list that is there, in that list's form. Whether the
// text then says what was meant is read from it; where it does not, nothing is changed.
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::string_view key = "roots";
constexpr std::string_view default_sources = "default";

struct Roots {
  bool is_readable = false;
  const Node* node = nullptr;  // none: the file has no such key
  std::vector<std::string> values;
};

// `parsed` must outlive it.
Roots roots_in(const syntax::Parsed& parsed) {
  Roots roots;
  roots.is_readable = std::ranges::all_of(
      parsed.faults, [](const syntax::Fault& fault) { return fault.kind == syntax::FaultKind::comment_cut; });
  roots.node = parsed.root.find(key);
  if (roots.node == nullptr) return roots;
  if (roots.node->kind == NodeKind::list)
    for (const Node& item : roots.node->items) roots.values.push_back(item.text);
  else
    roots.values.push_back(roots.node->text);
  return roots;
}

std::size_t offset_of(std::string_view text, const syntax::Position& at) { return init::Places(text).offset(at); }

// One past the scalar that begins here.
std::size_t end_of(std::string_view text, const Node& scalar) {
  const std::size_t begin = offset_of(text, scalar.at);
  const char quote = text[begin];
  if (quote != '"' && quote != '\'') return begin + scalar.text.size();
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != quote) end += quote == '"' && text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::size_t line_begin(std::string_view text, std::size_t at) { return text.rfind('\n', at) + 1; }
std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

// Where a list in the block form has the dash of this item; npos: it has the form with brackets.
std::size_t dash_of(std::string_view text, const Node& item) {
  const std::size_t begin = offset_of(text, item.at), line = line_begin(text, begin - 1);
  const std::size_t first = text.find_first_not_of(' ', line);
  return first < begin && text[first] == '-' && letters::trim(text.substr(first + 1, begin - first - 1)).empty()
             ? first
             : std::string_view::npos;
}

std::string written(const std::string& root) {
  const bool is_plain = std::ranges::all_of(
      root, [](char c) { return letters::is_name(c) || c == '/' || c == '.' || c == '~' || c == '+'; });
  return is_plain ? root : syntax::quote_json(root);
}

std::string edited_in(std::string_view text, const Roots& roots, const std::string& root) {
  std::string after(text);
  if (roots.node == nullptr)
    return after + (after.empty() || after.back() == '\n' ? "" : "\n") + "roots: [default, " + root + "]\n";
  if (roots.node->kind != NodeKind::list) {
    const std::size_t begin = offset_of(text, roots.node->at), end = end_of(text, *roots.node);
    return after.substr(0, begin) + "[" + after.substr(begin, end - begin) + ", " + root + "]" + after.substr(end);
  }
  if (roots.node->items.empty()) return after.insert(offset_of(text, roots.node->at) + 1, "default, " + root);
  const Node& last = roots.node->items.back();
  const std::size_t dash = dash_of(text, last);
  if (dash == std::string_view::npos) return after.insert(end_of(text, last), ", " + root);
  return after.insert(line_end(text, dash), "\n" + std::string(dash - line_begin(text, dash), ' ') + "- " + root);
}

// The text without the lines from that of `begin` to that of `last`.
std::string without_lines(std::string_view text, std::size_t begin, std::size_t last) {
  const std::size_t first = begin == 0 ? 0 : line_begin(text, begin - 1);
  return std::string(text.substr(0, first)) + std::string(text.substr(std::min(line_end(text, last) + 1, text.size())));
}

std::string edited_out(std::string_view text, const syntax::Parsed& parsed, const Roots& roots, std::size_t index) {
  const std::vector<Node>& items = roots.node->items;
  const bool was_last = std::ranges::all_of(
      roots.values, [&](const std::string& value) { return value == default_sources || value == roots.values[index]; });
  if (was_last) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < parsed.root.size(); ++i)
      if (parsed.root.key(i).text == key) begin = offset_of(text, parsed.root.key(i).at);
    return without_lines(text, begin, items.empty() ? begin : offset_of(text, items.back().at));
  }
  const std::size_t begin = offset_of(text, items[index].at), end = end_of(text, items[index]);
  if (dash_of(text, items[index]) != std::string_view::npos) return without_lines(text, begin, begin);
  const std::size_t from = index == 0 ? begin : end_of(text, items[index - 1]);
  const std::size_t to = index == 0 ? offset_of(text, items[1].at) : end;
  return std::string(text.substr(0, from)) + std::string(text.substr(to));
}

// The text, if it has exactly these roots.
std::optional<std::string> if_meant(std::string text, const std::vector<std::string>& values) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const Roots roots = roots_in(parsed);
  return roots.is_readable && roots.values == values ? std::optional<std::string>(std::move(text)) : std::nullopt;
}

}  // namespace

bool has_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const std::vector<std::string> values = roots_in(parsed).values;
  return std::ranges::find(values, root) != values.end();
}

std::string root_at(const std::string& home, const std::string& folder) {
  return !home.empty() && files::is_within(home, folder) ? "~/" + files::relative_to(home, folder) : folder;
}

std::optional<std::string> with_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  Roots roots = roots_in(parsed);
  if (!roots.is_readable || (roots.node != nullptr && roots.node->kind == NodeKind::map)) return std::nullopt;
  if (std::ranges::find(roots.values, root) != roots.values.end()) return std::string(text);
  if (roots.values.empty()) roots.values.emplace_back(default_sources);
  roots.values.push_back(root);
  return if_meant(edited_in(text, roots, written(root)), roots.values);
}

std::optional<std::string> without_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  Roots roots = roots_in(parsed);
  const auto found = std::ranges::find(roots.values, root);
  if (found == roots.values.end()) return std::string(text);
  if (!roots.is_readable) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - roots.values.begin());
  std::string after = edited_out(text, parsed, roots, index);
  roots.values.erase(found);
  if (std::ranges::all_of(roots.values, [](const std::string& value) { return value == default_sources; }))
    roots.values.clear();
  return if_meant(std::move(after), roots.values);
}

}  // namespace cascade::collection
