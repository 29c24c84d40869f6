// Tables that were built of notes are the same bytes as those that were built anew, whatever happened in between.
#include <cascade/tokens.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "route/build.h"
#include "route/tables.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

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

Outcome build(const Folder& folder, std::string_view notes, const Hands& hands = {}, std::string_view tables = {}) {
  Outcome outcome;
  const Registry registry = folder.registry();
  Earlier earlier;
  earlier.notes = notes;
  earlier.tables = tables;
  earlier.content = [&](ManifestId id) {
    return std::optional(hash::hash128(folder.files.at(std::string(registry[id].path)).text));
  };
  std::mutex reading;
  const auto read = [&](const ManifestView& manifest) -> Result<FileText> {
    const std::lock_guard<std::mutex> lock(reading);
    outcome.read.emplace_back(manifest.path);
    return FileText{folder.files.at(std::string(manifest.path)).text, folder.known};
  };
  auto built = build_router(registry, read, folder.options, earlier, hands);
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

std::string random_words(SeededRandom& random, std::uint32_t count) {
  std::string text;
  for (; count > 0; --count) {
    text += (text.empty() ? "" : " ") + std::string(words[random.below(std::size(words))]);
    if (random.below(6) == 0) text += std::to_string(random.below(40));
  }
  return text;
}

std::string name_of(std::uint32_t number) { return "m" + std::to_string(number) + "-tool"; }

// Some lines of few that stand in about four files, where a line becomes boilerplate; some that link; some of one's
// own.
std::string random_line(SeededRandom& random) {
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

std::string random_manifest(SeededRandom& random, std::uint32_t number) {
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

std::string random_file(SeededRandom& random, File& file) {
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
std::string edited(SeededRandom& random, const std::string& text) {
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

void change(SeededRandom& random, Folder& folder) {
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

Folder random_folder(SeededRandom& random, std::size_t files) {
  Folder folder;
  while (folder.files.size() < files) {
    File file;
    const std::string path = random_file(random, file);
    folder.files[path] = std::move(file);
  }
  return folder;
}

TEST_CASE("after any sequence of changes the tables are those that are built anew") {
  std::size_t in_part = 0, steps = 0, several = 0, kept = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SeededRandom random{seed};
    Folder folder = random_folder(random, 45);
    const Outcome first = build(folder, {});
    folder.keep(first.notes);
    folder.kept_tables.keep(first.tables);
    for (int step = 0; step < 40; ++step) {
      for (std::uint32_t changes = 1 + random.below(2); changes > 0; --changes) change(random, folder);
      const Outcome anew = build(folder, {}), updated = build(folder, folder.notes());
      const Outcome copied = build(folder, folder.notes(), {}, folder.kept_tables.bytes());
      INFO("seed " << seed << ", step " << step << ", counted " << updated.counted << " of " << anew.counted);
      REQUIRE((updated.tables == anew.tables));
      REQUIRE((copied.tables == anew.tables));
      REQUIRE((copied.notes == updated.notes));
      ++steps;
      kept += copied.weighed < anew.weighed && copied.counted > 0 ? 1 : 0;
      in_part += updated.counted < anew.counted ? 1 : 0;
      several += updated.counted < anew.counted && updated.counted > 2 ? 1 : 0;
      folder.keep(updated.notes);
      folder.kept_tables.keep(updated.tables);
    }
  }
  CHECK(in_part > steps / 2);
  CHECK(kept > steps / 10);  // postings of before, where no field is longer or shorter on average
  CHECK(several > 10);       // others than those that changed: a line or a description that became common, a link
}

TEST_CASE("nothing is read where nothing changed, and one file where only it did") {
  SeededRandom random{5};
  Folder folder = random_folder(random, 45);
  folder.keep(build(folder, {}).notes);
  CHECK(build(folder, folder.notes()).read.empty());
  const std::string path = folder.files.begin()->first;
  folder.files.begin()->second.text += "A line of its own.\n";
  CHECK(build(folder, folder.notes()).read == std::vector<std::string>{path});
}

TEST_CASE("a line that others share is no longer counted from the fourth on, and is again when one drops it") {
  Folder folder;
  for (int i = 0; i < 40; ++i) {
    const std::string name = name_of(static_cast<std::uint32_t>(i));
    folder.files["skills/" + name + "/SKILL.md"].text =
        "---\nname: " + name + "\ndescription: Does it.\n---\nOne line about gizmo " + std::to_string(i) + ".\n" +
        (i < 3 ? "Ask the frobnicator first.\n" : "");
  }
  folder.keep(build(folder, {}).notes);
  std::string& fourth = folder.files["skills/" + name_of(20) + "/SKILL.md"].text;
  const std::string before = fourth;
  for (const std::string& text : {before + "Ask the FROBNICATOR, first!\n", before}) {
    fourth = text;
    const Outcome updated = build(folder, folder.notes());
    CHECK(updated.counted == 4);
    CHECK((updated.tables == build(folder, {}).tables));
    folder.keep(updated.notes);
  }
}

TEST_CASE("a file that changed after the registry was made is never taken over") {
  SeededRandom random{31};
  Folder folder = random_folder(random, 45);
  File& file = folder.files.begin()->second;
  const Registry registry = folder.registry();
  const std::string before = file.text;
  const auto then = folder.files;
  Earlier earlier;
  earlier.content = [&](ManifestId id) {
    return std::optional(hash::hash128(then.at(std::string(registry[id].path)).text));
  };
  file.text = "Another line in front.\n" + before;
  const auto read = [&](const ManifestView& manifest) -> Result<FileText> {
    return FileText{folder.files.at(std::string(manifest.path)).text, false};
  };
  const auto built = build_router(registry, read, {}, earlier);
  REQUIRE(built);
  folder.keep(built->notes);
  for (const std::string& text : {before, file.text}) {
    file.text = text;
    const Outcome updated = build(folder, folder.notes());
    CHECK(updated.counted >= 1);
    CHECK((updated.tables == build(folder, {}).tables));
  }
}

TEST_CASE("a text that is known to be the registry's is noted as one whose hash is the same") {
  SeededRandom random{33};
  Folder folder = random_folder(random, 40);
  const Outcome hashed = build(folder, {});
  folder.known = true;
  const Outcome known = build(folder, {});
  CHECK((known.notes == hashed.notes));
  CHECK((known.tables == hashed.tables));
}

TEST_CASE("several hands make the same tables and notes as one, in whatever order they work") {
  SeededRandom random{21};
  const Folder folder = random_folder(random, 50);
  const Outcome alone = build(folder, {});
  Folder many = folder;
  for (std::uint32_t i = 100; many.files.size() < 200; ++i)
    many.files["skills/" + name_of(i) + "/SKILL.md"].text = random_manifest(random, i);
  const Outcome many_alone = build(many, {});
  const auto backwards = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    for (std::size_t i = count; i > 0; --i) work(i - 1);
  };
  const auto at_once = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
  };
  for (const std::size_t count : {2, 3, 5})
    for (const Hands& hands : {Hands{count, backwards}, Hands{count, at_once}}) {
      CHECK((build(folder, {}, hands).tables == alone.tables));
      const Outcome together = build(many, {}, hands);
      CHECK((together.tables == many_alone.tables));
      CHECK((together.notes == many_alone.notes));
    }
}

TEST_CASE("notes that are cut short, of another version or no notes at all count as none") {
  SeededRandom random{9};
  Folder folder = random_folder(random, 20);
  const Outcome whole = build(folder, {});
  for (const std::size_t size : {std::size_t{0}, std::size_t{8}, std::size_t{300}, whole.notes.size() / 2}) {
    folder.keep(std::string_view(whole.notes).substr(0, size));
    const Outcome updated = build(folder, folder.notes());
    CHECK(updated.counted == whole.counted);
    CHECK((updated.tables == whole.tables));
  }
  folder.keep(whole.tables);
  CHECK(build(folder, folder.notes()).counted == whole.counted);
}

TEST_CASE("damaged notes never crash a build, whatever they say") {
  SeededRandom random{11};
  Folder folder = random_folder(random, 40);
  const Outcome whole = build(folder, {});
  folder.files.begin()->second.text += "A line of its own.\n";
  for (int round = 0; round < 300; ++round) {
    folder.keep(whole.notes);
    for (int hit = 0; hit < 1 + round % 8; ++hit) {
      const std::size_t at = random.below(whole.notes.size());
      folder.kept.data()[at] = static_cast<char>(random.below(3) == 0 ? 0xFF : random.below(256));
    }
    const Outcome updated = build(folder, folder.notes());
    CHECK(updated.counted <= whole.counted);
  }
}

TEST_CASE("postings are copied where the averages are as they were, and weighed anew where they are not") {
  Folder folder;
  for (std::uint32_t i = 0; i < 40; ++i)
    folder.files["skills/" + name_of(i) + "/SKILL.md"].text =
        "---\nname: " + name_of(i) + "\ndescription: Does it.\n---\nSome words about gizmo number " +
        std::to_string(i) + ".\n";
  const Outcome whole = build(folder, {});
  folder.keep(whole.notes);
  folder.kept_tables.keep(whole.tables);
  std::string& text = folder.files.begin()->second.text;
  const std::string before = text;
  for (const auto& [added, weighed] : {std::pair("Loading.\n", 1U), std::pair("Much longer: " /* 80 words */, 40U)}) {
    text = before;
    for (unsigned i = 0; i < weighed; ++i) text += added;
    const Outcome updated = build(folder, folder.notes(), {}, folder.kept_tables.bytes());
    CHECK(updated.weighed == weighed);
    CHECK((updated.tables == build(folder, {}).tables));
  }
}

TEST_CASE("tables that are another's, cut short or damaged never crash a build") {
  SeededRandom random{13};
  Folder folder = random_folder(random, 40);
  const Outcome whole = build(folder, {}), other = build(random_folder(random, 40), {});
  folder.keep(whole.notes);
  folder.files.begin()->second.text += "Loading.\n";
  const Outcome anew = build(folder, {});
  for (const std::string& tables : {std::string(), other.tables, whole.tables.substr(0, whole.tables.size() / 2)}) {
    folder.kept_tables.keep(tables);
    CHECK((build(folder, folder.notes(), {}, folder.kept_tables.bytes()).tables == anew.tables));
  }
  for (int round = 0; round < 300; ++round) {
    folder.kept_tables.keep(whole.tables);
    const std::size_t most = round % 2 == 0 ? whole.tables.size() : 600;  // where the directory lies
    for (int hit = 0; hit < 1 + round % 8; ++hit)
      folder.kept_tables.data()[random.below(most)] =
          static_cast<char>(random.below(3) == 0 ? 0xFF : random.below(256));
    CHECK(build(folder, folder.notes(), {}, folder.kept_tables.bytes()).counted <= whole.counted);
  }
}

}  // namespace
}  // namespace cascade::route
