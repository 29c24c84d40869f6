// Tables that were built of notes are the same bytes as those that were built anew, whatever happened in between.
#include <memory>

#include "unit/route_changing_folder.h"

namespace cascade::route {
namespace {

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
      const Outcome copied = build(folder, folder.notes(), folder.kept_tables.bytes());
      INFO("seed " << seed << ", step " << step << ", counted " << updated.counted << " of " << anew.counted);
      REQUIRE((updated.tables == anew.tables));
      REQUIRE((copied.tables == anew.tables));
      REQUIRE((updated.notes == anew.notes));
      REQUIRE((copied.notes == anew.notes));
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

TEST_CASE("a manifest of nothing but headings is noted like any other") {
  Folder folder;
  std::string& text = folder.files["skills/m1-tool/SKILL.md"].text;
  text = "---\nname: m1-tool\ndescription: Does it.\n---\n";
  for (int i = 0; i < 300; ++i) text += "## Heading " + std::to_string(i) + "\n";
  folder.keep(build(folder, {}).notes);
  text += "## One more\n";
  CHECK((build(folder, folder.notes()).tables == build(folder, {}).tables));
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

TEST_CASE("what is not known to be as it was is never taken over") {
  SeededRandom random{41};
  Folder folder = random_folder(random, 40);
  const Outcome first = build(folder, {});
  folder.keep(first.notes);
  const Registry registry = folder.registry();
  const auto read = [&](const ManifestView& manifest) -> Result<FileText> {
    return FileText{folder.files.at(std::string(manifest.path)).text, false};
  };
  Earlier earlier;
  earlier.notes = folder.notes();
  std::size_t asked = 0;
  for (const bool known : {false, true}) {
    // Of every tenth manifest nothing is known, or only that its content is none.
    earlier.content = [&](ManifestId id) -> std::optional<hash::Hash128> {
      ++asked;
      if (index(id) % 10 == 0) return known ? std::optional(hash::Hash128()) : std::nullopt;
      return hash::hash128(folder.files.at(std::string(registry[id].path)).text);
    };
    const auto built = build_router(registry, read, {}, earlier);
    REQUIRE(built);
    CHECK(built->counted >= 3);
    CHECK(built->counted < first.counted);
    CHECK((RouterTables::bytes(built->router) == first.tables));
  }
  CHECK(asked >= 2 * first.counted);
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

}  // namespace
}  // namespace cascade::route
