#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "validate/checkup/checkup.h"

#include <filesystem>
#include <fstream>
#include <string>

using namespace cascade;

namespace {

void write(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << text;
}

std::string skill(const std::string& name, const std::string& body) {
  return "---\nname: " + name + "\ndescription: Does what " + name + " is for. Use when " + name +
         " has to be done for a project.\n---\n\n# " + name + "\n\n" + body + "\n";
}

// A library with a skill whose findings depend on two other files.
struct Library : cascade::test::ScratchFolder {
  Library() {
    path = std::filesystem::canonical(path).generic_string();
    write(at("skills/mapping/SKILL.md"), skill("mapping", "See [it](guide.md#steps) and [more](more.md)."));
    write(at("skills/mapping/guide.md"), "# Guide\n\n## Steps\n\nOne.\n");
    write(at("skills/mapping/more.md"), "# More\n\nText.\n");
    write(at("skills/survey/SKILL.md"), skill("survey", "Look around."));
  }
  std::string at(const std::string& file) const { return path + "/library/" + file; }

  // Rules and files of what is found; with a cache that a program before may have written.
  std::string found(bool cached) const {
    CheckupOptions options;
    options.workspace.cache_directory = path + "/cache";
    if (cached) options.caches = std::make_shared<FindingsCaches>(path + "/cache/validate");
    Checkup checkup(options);
    REQUIRE(checkup.add(path + "/library", ""));
    std::string text;
    for (const Diagnostic& finding : checkup.validation().found)
      text +=
          finding.rule + " " + finding.at.path + ":" + std::to_string(finding.at.line) + " " + finding.message + "\n";
    if (cached) options.caches->save();
    return text;
  }

  // What a file is taken to be besides, with and without what a checkup of all files as they are has seen.
  std::string found_with(const FileInstead& file, bool like) const {
    CheckupOptions options;
    options.workspace.cache_directory = path + "/cache";
    options.caches = std::make_shared<FindingsCaches>(path + "/cache/validate");
    Checkup now(options);
    REQUIRE(now.add(path + "/library", ""));
    options.workspace.instead = {file};
    Checkup then(options, like ? &now : nullptr);
    REQUIRE(then.add(path + "/library", ""));
    std::string text;
    for (const Diagnostic& finding : then.validation().found) text += finding.rule + " " + finding.at.path + "\n";
    return text;
  }

  // A run with what the last one kept finds what one without finds.
  void same(const std::string& expected) const {
    const std::string anew = found(false);
    CHECK(found(true) == anew);
    CHECK(found(true) == anew);
    CHECK(anew.find(expected) != std::string::npos);
    if (expected.empty()) CHECK(anew.empty());
  }
};

}  // namespace

TEST_CASE("with a cache the same is found, also where the fault is in a file that did not change") {
  const Library library;
  library.same("");
  SECTION("a heading that is linked to is gone") {
    write(library.at("skills/mapping/guide.md"), "# Guide\n\n## Order\n\nOne.\n");
    library.same("CT002 skills/mapping/SKILL.md");
  }
  SECTION("a file that is linked to is gone") {
    std::filesystem::remove(library.at("skills/mapping/more.md"));
    library.same("CT001 skills/mapping/SKILL.md");
    write(library.at("skills/mapping/more.md"), "# More\n");
    library.same("");
  }
  SECTION("the only skills outside of groups are gone, and one comes back") {
    write(library.at("skills/plans/drawing/SKILL.md"), skill("drawing", "Draw."));
    library.same("ID009 skills/plans/drawing/SKILL.md:0 the client looks one folder deep; this skill is not loaded");
    std::filesystem::remove_all(library.at("skills/mapping"));
    std::filesystem::remove_all(library.at("skills/survey"));
    library.same("ID009 skills/plans/drawing/SKILL.md:0 the client looks one folder deep: it finds no skill");
    write(library.at("skills/survey/SKILL.md"), skill("survey", "Look around."));
    library.same("ID009 skills/plans/drawing/SKILL.md:0 the client looks one folder deep; this skill is not loaded");
  }
  SECTION("another file of the same description") {
    std::string twin = skill("survey", "Look twice.");
    twin.replace(twin.find("name: survey"), 12, "name: search");
    write(library.at("skills/search/SKILL.md"), twin);
    library.same("DQ003");
  }
  SECTION("a plugin file says otherwise") {
    write(library.at(".claude-plugin/plugin.json"), "{\"name\": \"Not A Name\"}");
    library.same("PL002 .claude-plugin/plugin.json");
  }
  SECTION("the configuration changes") {
    write(library.at("skills/survey/SKILL.md"), skill("survey", "```sh\nls\n```"));
    write(library.at("cascade.yaml"), "profile: cascade\n");
    library.same("");
  }
}

TEST_CASE("what the index knows of a file is believed as long as its stamp is what it was") {
  const Library library;
  const std::string survey = library.at("skills/survey/SKILL.md"), guide = library.at("skills/mapping/guide.md");
  write(survey, skill("survey", "See [this](../mapping/more.md)."));
  library.same("");
  const auto keep_time = [](const std::string& file, const auto& change) {
    const auto time = std::filesystem::last_write_time(file);
    change();
    std::filesystem::last_write_time(file, time);
  };
  SECTION("written again with as many bytes and the same time") {
    keep_time(survey, [&] { write(survey, skill("survey", "See [this](../mapping/none.md).")); });
    library.same("CT001 skills/survey/SKILL.md");
  }
  SECTION("another file of that name, size and time") {
    keep_time(survey, [&] {
      write(survey + ".new", skill("survey", "See [this](../mapping/none.md)."));
      std::filesystem::rename(survey + ".new", survey);
    });
    library.same("CT001 skills/survey/SKILL.md");
  }
  SECTION("touched") {
    std::filesystem::last_write_time(survey, std::filesystem::file_time_type::clock::now());
    library.same("");
  }
  SECTION("a file that is no manifest, written with as many bytes and the same time") {
    keep_time(guide, [&] { write(guide, "# Guide\n\n## Order\n\nOne.\n"); });
    library.same("CT002 skills/mapping/SKILL.md");
  }
  SECTION("removed") {
    std::filesystem::remove(survey);
    library.same("");
  }
  SECTION("another library in its place") {
    const std::string root = library.path + "/library", moved = library.path + "/moved";
    std::filesystem::copy(root, moved, std::filesystem::copy_options::recursive);
    write(moved + "/skills/survey/SKILL.md", skill("survey", "See [this](../mapping/none.md)."));
    std::filesystem::rename(root, root + ".old");
    std::filesystem::rename(moved, root);
    library.same("CT001 skills/survey/SKILL.md");
    std::filesystem::rename(root, moved);
    std::filesystem::rename(root + ".old", root);
    library.same("");
  }
}

TEST_CASE("a cache that is damaged or of another program is no cache") {
  const Library library;
  write(library.at("skills/survey/SKILL.md"), skill("survey", "See [this](nothing.md)."));
  const std::string anew = library.found(true);
  REQUIRE(anew.find("CT001") != std::string::npos);
  for (const auto& entry : std::filesystem::directory_iterator(library.path + "/cache/validate"))
    if (entry.path().extension() == ".findings") {
      SECTION("cut short") { std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) / 2); }
      SECTION("a byte differs") {
        std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(200);
        file.put('\x7f');
      }
      SECTION("empty") { std::filesystem::resize_file(entry.path(), 0); }
    }
  CHECK(library.found(true) == anew);
  CHECK(library.found(true) == anew);
}

TEST_CASE("what a checkup has seen spares another a look at what is the same, and nothing else") {
  const Library library;
  const std::string guide = library.at("skills/mapping/guide.md"), run = library.at("skills/mapping/run.sh");
  const auto same = [&](const FileInstead& file) {
    const std::string found = library.found_with(file, false);
    CHECK(library.found_with(file, true) == found);
    return found;
  };
  CHECK(library.found(false).empty());
  SECTION("another text") { CHECK(same({guide, "# Guide\n\nNo such heading.\n", false}) != ""); }
  SECTION("a file that was not there") { same({library.at("skills/mapping/other.md"), "# Other\n", false}); }
  SECTION("a file that was there") { CHECK(same({guide, std::nullopt, false}) != ""); }
  SECTION("a file that could not be run") {
    write(run, "#!/bin/sh\necho\n");
    write(library.at("skills/mapping/SKILL.md"),
          skill("mapping", "Run `./run.sh` with [it](guide.md#steps), [more](more.md)."));
    same({run, "#!/bin/sh\necho\n", true});
  }
}
