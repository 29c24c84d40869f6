// A library in a folder of its own, removed at the end.
#pragma once

#include <cascade/workspace.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "scratch_folder.h"

namespace cascade::test {

class LibraryFolder {
 public:
  struct File {
    std::string path, text;
  };

  LibraryFolder(std::initializer_list<File> files) {
    for (const File& file : files) write(file.path, file.text);
  }
  ~LibraryFolder() { std::filesystem::remove_all(path_); }
  LibraryFolder(const LibraryFolder&) = delete;
  LibraryFolder& operator=(const LibraryFolder&) = delete;

  void write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  WorkspaceOptions options() const {
    WorkspaceOptions options;
    options.directory = path_;
    options.roots = {{path_, Scope::project}};
    return options;
  }
  Workspace open() const {
    auto workspace = Workspace::open(options());
    if (!workspace) throw std::runtime_error(workspace.error().message);
    return *std::move(workspace);
  }
  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_ = new_folder();
};

}  // namespace cascade::test
