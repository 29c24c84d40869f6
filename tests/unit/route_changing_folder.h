// A folder of manifests that is edited at random, and builds of the router from it.
#pragma once

#include <cascade/tokens.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <map>

#include "route/build/build.h"
#include "route/tables.h"
#include "unit/seeded_random.h"

namespace cascade::route {

using test::SeededRandom;

struct File {
  std::string text;
  Kind kind = Kind::skill;
  Scope scope = Scope::project;
};

// Bytes of a last build, aligned.
class Kept {
 public:
  void keep(std::string_view bytes) {
    words_.assign(bytes.size() / 8 + 1, 0);
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    size_ = bytes.size();
  }
  std::string_view bytes() const { return {data(), size_}; }
  const char* data() const { return reinterpret_cast<const char*>(words_.data()); }
  char* data() { return reinterpret_cast<char*>(words_.data()); }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

// A folder of manifests that is edited, with the notes and tables of its last build.
struct Folder {
  std::map<std::string, File> files;  // by path
  RouterOptions options;
  Kept kept, kept_tables;
  bool known = false;  // what is read of it is known to be what the registry was made of

  void keep(std::string_view notes) { kept.keep(notes); }
  std::string_view notes() const { return kept.bytes(); }

  Registry registry() const {
    std::vector<Manifest> manifests;
    for (const auto& [path, file] : files) {
      ManifestSource source;
      source.kind = file.kind;
      source.scope = file.scope;
      source.path = path;
      source.text = file.text;
      manifests.push_back(parse_manifest(source, TokenCounter::estimating()));
    }
    return Registry::build(manifests);
  }
};

struct Outcome {
  std::string tables, notes;
  std::size_t counted = 0, weighed = 0;
  std::vector<std::string> read;  // the files, in order
};

inline Outcome build(const Folder& folder, std::string_view notes, std::string_view tables = {}) {
  Outcome outcome;
  const Registry registry = folder.registry();
  Earlier earlier;
  earlier.notes = notes;
  earlier.tables = tables;
  earlier.content = [&](ManifestId id) {
    return std::optional(hash::hash128(folder.files.at(std::string(registry[id].path)).text));
  };
  const auto read = [&](const ManifestView& manifest) -> Result<FileText> {
    outcome.read.emplace_back(manifest.path);
    return FileText{folder.files.at(std::string(manifest.path)).text, folder.known};
  };
  auto built = build_router(registry, read, folder.options, earlier);
  REQUIRE(built);
  outcome.tables = RouterTables::bytes(built->router);
  outcome.notes = std::move(built->notes);
  outcome.counted = built->counted;
  outcome.weighed = built->weighed;
  return outcome;
}

constexpr const char* words[] = {"review",    "deploy",  "kubernetes", "k8s",       "tests",     "testing",
                                 "database",  "2gb",     "42",         "GitHub",    "parseHTTP", "grammar",
                                 "naïve",     "colour",  "loader",     "loading",   "zebra",     "quux",
                                 "container", "latency", "C++",        "migration", "don't",     "async"};

inline std::string random_words(SeededRandom& random, std::uint32_t count) {
  std::string text;
  for (; count > 0; --count) {
    text += (text.empty() ? "" : " ") + std::string(words[random.below(std::size(words))]);
    if (random.below(6) == 0) text += std::to_string(random.below(40));
  }
  return text;
}

inline std::string name_of(std::uint32_t number) { return "m" + std::to_string(number) + "-tool"; }

// Some lines of few that stand in about four files, where a line becomes boilerplate; some that link; some of one's
// own.
inline std::string random_line(SeededRandom& random) {
  switch (random.below(8)) {
    case 0:
    case 1: return "Shared advice number " + std::to_string(random.below(9)) + ".";
    case 2: return "## Section " + std::to_string(random.below(9));
    case 3: return "Then run Skill(\"" + name_of(random.below(50)) + "\") on " + random_words(random, 2) + ".";
    case 4: return "Skill(\"" + name_of(random.below(50)) + "\")";
    case 5: return "- user: \"please " + random_words(random, 3) + "\"";
    case 6: return "";
    default: return random_words(random, 1 + random.below(9));
  }
}

inline std::string random_manifest(SeededRandom& random, std::uint32_t number) {
  std::string text = "---\nname: " + name_of(number) + "\ndescription: ";
  if (random.below(3) == 0)
    text +=
        "A description that is shared by some, long enough to make a family, number " + std::to_string(random.below(3));
  else
    text += "Helps with " + random_words(random, 5);
  text += "\n";
  if (random.below(2) == 0) text += "triggers: " + random_words(random, 2) + ", " + random_words(random, 3) + "\n";
  if (random.below(4) == 0) text += "category: " + random_words(random, 1) + "\n";
  text += "---\n";
  if (random.below(2) == 0) text += "# " + random_words(random, 2) + "\n\n";
  for (std::uint32_t lines = random.below(25); lines > 0; --lines) text += random_line(random) + "\n";
  return text;
}

inline std::string random_file(SeededRandom& random, File& file) {
  const std::uint32_t number = random.below(50);
  file.text = random_manifest(random, number);
  file.scope = random.below(5) == 0 ? Scope::user : Scope::project;  // shadows, or is shadowed
  std::string path = (file.scope == Scope::user ? "user/" : "") + ("skills/" + name_of(number) + "/SKILL.md");
  if (random.below(6) == 0) {
    file.kind = Kind::agent;
    path = "agents/" + name_of(number) + ".md";
  }
  return path;
}

// Lines of a text, one of them replaced, removed or doubled.
inline std::string edited(SeededRandom& random, const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text)
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  const std::size_t at = random.below(lines.size());
  switch (random.below(4)) {
    case 0: lines[at] = random_line(random); break;
    case 1: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at)); break;
    default: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), random_line(random)); break;
  }
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

inline void change(SeededRandom& random, Folder& folder) {
  auto at = folder.files.begin();
  if (!folder.files.empty()) std::advance(at, random.below(folder.files.size()));
  switch (folder.files.empty() ? 8 : random.below(11)) {
    case 6: folder.files.erase(at); return;
    case 7: {  // another name for the same text
      File file = at->second;
      folder.files.erase(at);
      folder.files["renamed/" + std::to_string(random.below(99)) + "/SKILL.md"] = std::move(file);
      return;
    }
    case 8: {
      File file;
      const std::string path = random_file(random, file);
      folder.files[path] = std::move(file);
      return;
    }
    case 9:
      folder.options.overlays.clear();
      if (random.below(2) == 0)
        folder.options.overlays.push_back({{Kind::skill, name_of(random.below(50))}, {random_words(random, 3)}});
      return;
    case 10: return;  // nothing
    default: at->second.text = edited(random, at->second.text); return;
  }
}

inline Folder random_folder(SeededRandom& random, std::size_t files) {
  Folder folder;
  while (folder.files.size() < files) {
    File file;
    const std::string path = random_file(random, file);
    folder.files[path] = std::move(file);
  }
  return folder;
}

}  // namespace cascade::route
