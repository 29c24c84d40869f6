// A library on disk, an index folder beside it, and a word for what a process did with them.
#pragma once

#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include "scratch_folder.h"

namespace cascade::test {

struct IndexedLibrary {
  std::string path = new_folder();
  IndexedLibrary() = default;
  ~IndexedLibrary() {
    std::error_code ignored;
    std::filesystem::permissions(path + "/cache", std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path, ignored);
  }
  IndexedLibrary(const IndexedLibrary&) = delete;
  IndexedLibrary& operator=(const IndexedLibrary&) = delete;

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path) / "lib" / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  // So that the file does not lie within the clock's grain of the next scan.
  void age(const std::string& name) const {
    std::filesystem::last_write_time(std::filesystem::path(path) / "lib" / name,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  }
  void skill(const std::string& name, const std::string& body) const {
    write("skills/" + name + "/SKILL.md",
          "---\nname: " + name + "\ndescription: Does " + name + ". Use when asked.\n---\n" + body + "\n");
  }

  WorkspaceOptions options() const {
    WorkspaceOptions options;
    options.directory = path;
    options.cache_directory = path + "/cache";
    options.roots = {{path + "/lib", Scope::project}};
    return options;
  }
  Workspace open(WorkspaceOptions options) const {
    auto workspace = Workspace::open(std::move(options));
    REQUIRE(workspace);
    return std::move(*workspace);
  }
  Workspace open() const { return open(options()); }

  // "2 manifests; parsed 1, reused 1, removed 0"
  std::string run(Freshness freshness = Freshness::full) const {
    WorkspaceOptions chosen = options();
    chosen.freshness = freshness;
    const Workspace workspace = open(chosen);
    const RefreshReport& report = workspace.report();
    return std::to_string(workspace.registry().size()) + " manifests; parsed " + std::to_string(report.parsed) +
           ", reused " + std::to_string(report.reused) + ", removed " + std::to_string(report.removed);
  }
  std::string index_path() const {
    for (const auto& entry : std::filesystem::directory_iterator(path + "/cache"))
      if (entry.path().extension() == ".index") return entry.path().string();
    return "";
  }
};

}  // namespace cascade::test
