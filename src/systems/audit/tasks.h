// The commands that files of a repository declare by name: scripts of a manifest, targets of a Makefile, recipes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/repository.h"

namespace cascade::audit {

struct Task {
  std::string name;
  std::vector<std::string> lines;  // each for a shell of its own
  std::vector<std::string> needs;  // tasks that run before
  Place place;
  bool is_opaque = false;  // its body is no shell text: a Rakefile's, or what a generator writes
};

struct TaskFile {
  std::string path, folder;
  std::string subject;  // of its row: "Makefile", although this one may be called GNUmakefile
  std::string ecosystem;
  std::vector<Task> tasks;
  bool is_open = false;  // there may be more: it includes others, or a generator makes the file that has them
  bool is_made = false;  // commands only work on what a generator makes of it

  const Task* find(std::string_view name) const;
  const Task* first() const;  // that a runner starts without a name; null: there is none
  // What a runner starts by this name; of tox's environments those that are not declared are the base.
  const Task* started_as(std::string_view name) const;
};

constexpr std::string_view base_environment = "testenv";  // of tox

std::vector<TaskFile> read_task_files(const Repository& repository, Rows rows);

}  // namespace cascade::audit
