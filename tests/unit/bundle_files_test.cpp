#include <catch2/catch.hpp>

#include "bundle/items.h"
#include "bundle/linked_files.h"
#include "unit/bundle_library.h"

using namespace cascade;
using namespace cascade::bundle;
using test::Library;

namespace {

using Folder = std::map<std::string, std::string>;

// "guide.md ../shared/style.md": what the skill is offered, of a folder with these files.
std::string offered(const Library& library, const Folder& folder) {
  const auto read = [&](std::string_view path) -> Result<std::string> {
    const auto file = folder.find(std::string(path));
    if (file == folder.end()) return Error{ErrorCode::not_found, "no such file", std::string(path), ""};
    return file->second;
  };
  std::string text;
  for (const FileOffer& offer :
       linked_files(library.registry(), *library.registry().find({Kind::skill, "review"}), read))
    text += (text.empty() ? "" : " ") + offer.path;
  return text;
}

std::string skill_linking(const std::string& path) {
  return "---\nname: review\n---\nRead [the guide](" + path + ").\n";
}

const char* const two_skills = R"(
  skill:review -> skill:style(required)
  | Look at the change.
  skill:style
  | How we write.
)";

Bundle with_file(const Library& library, FileOffer::Wanted wanted, const std::string& of = "review",
                 std::uint32_t tokens = unlimited) {
  return library.bundle("skill:review", tokens, 0, [&](BundleRequest& request) {
    const ManifestId id = *library.registry().find({Kind::skill, of});
    request.files = {{id, "guide.md", "Guidance " + std::string(400, 'x') + "\n", wanted}};
  });
}

}  // namespace

TEST_CASE("a skill is offered the texts that it links to, and no manifests") {
  const Library library(two_skills);
  CHECK(offered(library, {{"skills/review/SKILL.md", skill_linking("guide.md")},
                          {"skills/review/guide.md", "Guidance."}}) == "guide.md");
  CHECK(offered(library, {{"skills/review/SKILL.md", skill_linking("guide.md")}}).empty());
  CHECK(offered(library, {{"skills/review/SKILL.md", skill_linking("../style/SKILL.md")},
                          {"skills/style/SKILL.md", "How we write."}})
            .empty());
}

TEST_CASE("a file that is no text is listed, but never packed") {
  const Library library(two_skills);
  CHECK(offered(library, {{"skills/review/SKILL.md", skill_linking("form.docx")},
                          {"skills/review/form.docx", std::string("PK\0\1", 4)}}) == "form.docx");
  const Bundle bundle = library.bundle("skill:review", unlimited, 0, [&](BundleRequest& request) {
    request.files = {{*library.registry().find({Kind::skill, "review"}), "form.docx", "", FileOffer::Wanted::named}};
  });
  CHECK_FALSE(bundle.files[0].packed);
  CHECK(text(bundle).find("\n- form.docx\n") != std::string::npos);
}

TEST_CASE("a file whose name the text writes in capitals is found in small letters") {
  const Library library(two_skills);
  CHECK(offered(library, {{"skills/review/SKILL.md", "---\nname: review\n---\nFor more, see docs/FORMS.md.\n"},
                          {"skills/review/docs/forms.md", "Forms."}}) == "docs/forms.md");
}

TEST_CASE("a link that climbs out of its folder is followed to where it leads") {
  const Library library(two_skills);
  CHECK(offered(library, {{"skills/review/SKILL.md", skill_linking("../shared/style.md")},
                          {"skills/shared/style.md", "How we write."}}) == "../shared/style.md");
}

TEST_CASE("a link's path is followed step by step, and may climb above the library") {
  const Library library(two_skills);
  const auto follows = [&](const std::string& link, const std::string& path) {
    return !offered(library, {{"skills/review/SKILL.md", skill_linking(link)}, {path, "Guidance."}}).empty();
  };
  CHECK(follows("./guide.md", "skills/review/guide.md"));
  CHECK(follows("a/../guide.md", "skills/review/guide.md"));
  CHECK(follows("a/b/../c/guide.md", "skills/review/a/c/guide.md"));
  CHECK(follows("../../guide.md", "guide.md"));
  CHECK(follows("../../../guide.md", "../guide.md"));
  CHECK(follows("../../../../guide.md", "../../guide.md"));
  CHECK_FALSE(follows("../guide.md", "skills/review/guide.md"));
}

TEST_CASE("each file is offered once, and none that says nothing") {
  const Library library(two_skills);
  const std::string twice = "---\nname: review\n---\nRead [it](guide.md), [it](./guide.md) and [more](more.md).\n";
  const Folder folder = {
      {"skills/review/SKILL.md", twice}, {"skills/review/guide.md", "G."}, {"skills/review/more.md", " \n"}};
  CHECK(offered(library, folder) == "guide.md");
  CHECK(linked_files(library.registry(), *library.registry().find({Kind::skill, "review"}), [](std::string_view) {
          return Result<std::string>(Error{ErrorCode::not_found, "", "", ""});
        }).empty());
}

TEST_CASE("a text may name a file where letters follow a full stop inside a word") {
  for (const char* text : {"a.b", "see x.md", "-.b", "/.md", "a1.c "}) CHECK(may_name_file(text));
  for (const char* text : {"", ".", "a", ".md", "a.", "a.1", " .b", "a. b", "a..b", "1.2.3"})
    CHECK_FALSE(may_name_file(text));
  for (const char* text : {"guide.md", "guide.md.", "(guide.md)", "x guide.md", "GUIDE.MD!", "a guide.md b guide.md"})
    CHECK(names_file(text, "guide.md"));
  for (const char* text :
       {"", "guide.m", "xguide.md", "guide.mdx", "-guide.md", "guide.md/", "_guide.md_", "/guide.md"})
    CHECK_FALSE(names_file(text, "guide.md"));
  CHECK(names_file("xguide.md guide.md", "guide.md"));
}

TEST_CASE("a text names a file by its path or its last name, as a word of its own") {
  CHECK(names_file("please read references/guide.md first", "references/guide.md"));
  CHECK(names_file("please read Guide.md, then go on", "references/guide.md"));
  CHECK(names_file("guide.md", "guide.md"));
  CHECK_FALSE(names_file("read myguide.md", "guide.md"));
  CHECK_FALSE(names_file("read other/guide.md", "guide.md"));
  CHECK_FALSE(names_file("read guide.md5", "guide.md"));
  CHECK(may_name_file("read guide.md"));
  CHECK_FALSE(may_name_file("Read it. Then go on."));
}

TEST_CASE("a file that is required is in the bundle, or there is none") {
  const Library library(two_skills);
  const Bundle bundle = with_file(library, FileOffer::Wanted::required);
  REQUIRE(bundle.files.size() == 1);
  CHECK(bundle.files[0].packed);
  CHECK(text(bundle).find("=== skill: review, file guide.md ===") != std::string::npos);
  const Bundle small = with_file(library, FileOffer::Wanted::required, "review", 60);
  CHECK(small.status == PackingStatus::infeasible);
  CHECK(with_file(library, FileOffer::Wanted::required, "review", small.min_budget.tokens).files[0].packed);
}

TEST_CASE("a file that was only named gives way to a small budget, one that is listed is never packed") {
  const Library library(two_skills);
  CHECK(with_file(library, FileOffer::Wanted::named).files[0].packed);
  const Bundle small = with_file(library, FileOffer::Wanted::named, "review", 60);
  CHECK(small.status == PackingStatus::ok);
  CHECK_FALSE(small.files[0].packed);
  const Bundle listed = with_file(library, FileOffer::Wanted::listed);
  CHECK_FALSE(listed.files[0].packed);
  CHECK(text(listed).find("linked files of skill:review, to open or run where they lie:\n- guide.md (") !=
        std::string::npos);
}

TEST_CASE("a listed file stands with the path at which it can be opened and with what it says of itself") {
  const Library library(two_skills);
  const Bundle bundle = library.bundle("skill:review", unlimited, 0, [&](BundleRequest& request) {
    const ManifestId id = *library.registry().find({Kind::skill, "review"});
    request.folder = [](ManifestId) { return "/home/ann/skills/review"; };
    request.files = {{id, "../shared/style.md", "# How we write\n\nPlainly.\n", FileOffer::Wanted::listed},
                     {id, "check.py", "import os\n", FileOffer::Wanted::listed}};
  });
  CHECK(text(bundle).find("- /home/ann/skills/shared/style.md (") != std::string::npos);
  CHECK(text(bundle).find(" tokens): How we write\n- /home/ann/skills/review/check.py (") != std::string::npos);
}

TEST_CASE("of many files the first six are described, and further ones named") {
  const Library library(two_skills);
  const Bundle bundle = library.bundle("skill:review", unlimited, 0, [&](BundleRequest& request) {
    const ManifestId id = *library.registry().find({Kind::skill, "review"});
    request.folder = [](ManifestId) { return "/s"; };
    for (int i = 0; i < 25; ++i)
      request.files.push_back({id, "f" + std::to_string(i) + ".md", "Text.", FileOffer::Wanted::listed});
  });
  const std::string whole = text(bundle);
  CHECK(whole.find("- /s/f5.md (") != std::string::npos);
  CHECK(whole.find("- /s/f6.md (") == std::string::npos);
  CHECK(whole.find("- also in /s/: f6.md, f7.md,") != std::string::npos);
  CHECK(whole.find("f19.md and 5 more\n") != std::string::npos);
}

TEST_CASE("a conversation that has the list of files does not get it again") {
  const Library library(two_skills);
  const auto packed = [&](std::vector<std::uint64_t> held) {
    return library.bundle("skill:review", unlimited, 0, [&](BundleRequest& request) {
      request.files = {
          {*library.registry().find({Kind::skill, "review"}), "guide.md", "G.", FileOffer::Wanted::listed}};
      request.already_loaded = std::move(held);
    });
  };
  std::vector<std::uint64_t> sent;
  for (const Piece& piece : packed({}).pieces) sent.push_back(piece.content_hash);
  CHECK(text(packed(sent)).find("linked files") == std::string::npos);
}

TEST_CASE("a page says by its first words what it is for, anything else by the comment that it begins with") {
  CHECK(file_purpose("a.md", "\xEF\xBB\xBF\n# Fields of a form\n\nText.") == "Fields of a form");
  CHECK(file_purpose("a.txt", "All rates. Taken in May.\n") == "All rates");
  CHECK(file_purpose("a.py", "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\"\"\"Checks a workbook.\n") ==
        "Checks a workbook");
  CHECK(file_purpose("a.py", "\"\"\"\nChecks a workbook: sums.\n\"\"\"\n") == "Checks a workbook: sums");
  CHECK(file_purpose("a.sh", "#!/bin/sh\n# Copyright 2026 Ann\n#\n# Starts the server.\n") == "Starts the server");
  CHECK(file_purpose("a.js", "/* Draws a chart. */\n") == "Draws a chart");
  CHECK(file_purpose("a.sql", "-- Rows by day\nselect 1;") == "Rows by day");
  CHECK(file_purpose("a.html", "<!-- The letter -->\n<p>") == "The letter");
  CHECK(file_purpose("a.py", "import os\n# Not about the file.\n").empty());
  CHECK(file_purpose("a.json", "{}").empty());
  CHECK(file_purpose("a.md", std::string(100'000, '\n')).empty());
  CHECK(file_purpose("a.md", std::string(300, 'x')).size() == 100);
}

TEST_CASE("only files of what was asked for are offered") {
  const Library library(two_skills);
  CHECK(with_file(library, FileOffer::Wanted::listed, "style").files.empty());
}
