#include "library/lock.h"

#include <algorithm>

#include "library/source.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::collection {
namespace {

using syntax::Node;

constexpr std::string_view schema = "cascade.lock/1";

Library library_of(const Node& row) {
  Library library{text_of(row, "name"), text_of(row, "source"), text_of(row, "ref"), text_of(row, "commit"), {}};
  if (const Node* files = row.find("files"))
    for (std::size_t i = 0; i < files->size(); ++i) library.files.push_back({files->key(i).text, files->value(i).text});
  std::sort(library.files.begin(), library.files.end(),
            [](const LockedFile& a, const LockedFile& b) { return a.path < b.path; });
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
  const auto found =
      std::find_if(libraries.begin(), libraries.end(), [&](const Library& library) { return library.name == name; });
  return found == libraries.end() ? nullptr : &*found;
}

void Lock::put(Library library) {
  erase(library.name);
  const auto at =
      std::find_if(libraries.begin(), libraries.end(), [&](const Library& other) { return library.name < other.name; });
  libraries.insert(at, std::move(library));
}

void Lock::erase(std::string_view name) {
  const auto is_it = [&](const Library& library) { return library.name == name; };
  libraries.erase(std::remove_if(libraries.begin(), libraries.end(), is_it), libraries.end());
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
  json.begin_object().key("schema").string(schema);
  json.key("libraries").objects(lock.libraries, [&](const Library& library) {
    json.key("name").string(library.name);
    json.key("source").string(library.source);
    json.key("ref");
    library.ref.empty() ? json.null() : json.string(library.ref);
    json.key("commit").string(library.commit);
    json.key("files").begin_object();
    for (const LockedFile& file : library.files) json.key(file.path).string(file.sha256);
    json.end_object();
    if (!library.without.empty()) json.key("without").array(library.without);
    if (library.accepted.empty()) return;
    json.key("accepted").objects(library.accepted, [&](const AcceptedFinding& one) {
      json.key("finding").string(word_of(one)).key("sha256").string(one.sha256);
    });
  });
  json.end_object();
  return json.take() + "\n";
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

}  // namespace cascade::collection
