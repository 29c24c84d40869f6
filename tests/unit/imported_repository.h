// A repository that git makes of a text: a stream of `git fast-import`. Its commits have known names, since the stream
// says who made them and when. Where there is no git, the tests that need one say so and end.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "files/run_program.h"
#include "scratch_folder.h"

namespace cascade::git {

class ImportedRepository {
 public:
  explicit ImportedRepository(const std::string& stream) {
    run({"init", "-q", "-b", "main"});
    run({"fast-import", "--quiet", "--done"}, stream + "done\n");
  }

  const std::string& path() const { return folder_.path; }

  // The output without its last line end.
  std::string run(std::vector<std::string> words, const std::string& input = {}) const {
    files::ProgramCall call;
    call.words = {"/usr/bin/env", "git", "-C", folder_.path};
    call.words.insert(call.words.end(), words.begin(), words.end());
    call.input = input;
    call.environment = {"PATH=/usr/bin:/bin", "HOME=" + folder_.path, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C"};
    call.milliseconds = 60'000;
    const auto ended = files::run_program(call);
    REQUIRE(ended);
    INFO(words.front() << ": " << ended->errors);
    REQUIRE(ended->exit_code == 0);
    return ended->output.substr(0, ended->output.find_last_not_of('\n') + 1);
  }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(folder_.path + "/" + name).parent_path());
    std::ofstream(folder_.path + "/" + name, std::ios::binary) << text;
  }

 private:
  test::ScratchFolder folder_;
};

// A commit of the branch main. `files`: path and content; the content "-" deletes. Each comes a day after the last.
struct StreamedFile {
  std::string path, content, mode = "100644";
};

class Stream {
 public:
  Stream& commit(const std::string& message, const std::vector<StreamedFile>& files, const std::string& more = "") {
    ++commits_;
    const std::string who = " Ann <ann@example.org> " + std::to_string(86'400 * commits_) + " +0000\n";
    text += "commit refs/heads/" + branch + "\nmark :" + std::to_string(commits_) + "\nauthor" + who + "committer" +
            who + data(message) + more;
    for (const StreamedFile& file : files)
      text += file.content == "-" ? "D " + file.path + "\n"
                                  : "M " + file.mode + " inline " + file.path + "\n" + data(file.content);
    text += "\n";
    return *this;
  }
  static std::string data(const std::string& bytes) {
    return "data " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
  }

  std::string text, branch = "main";

 private:
  int commits_ = 0;
};

inline bool has_git() {
  files::ProgramCall call;
  call.words = {"/usr/bin/env", "git", "--version"};
  call.environment = {"PATH=/usr/bin:/bin"};
  const auto ended = files::run_program(call);
  if (ended && ended->exit_code == 0) return true;
  WARN("there is no git");
  return false;
}

}  // namespace cascade::git
