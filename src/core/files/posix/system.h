// What systems do alike but call by other names: files/linux and files/macos define it. For files/posix and these only.
#pragma once

#include <spawn.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::files::system {

// Each returns what the system's own call would, with errno, if nothing else is said.

// Exchanges the two names; false also where the file system cannot.
bool exchange_names(const std::string& one, const std::string& other);
// The bytes of the file reach the disk; its times need not.
bool flush_bytes(int file);
// Reserves space for a large file in one call, where that makes writing it faster; otherwise does nothing.
void make_room(int file, off_t size);
// Makes the file so long, on space that is there. An error's number, or 0.
int reserve(int file, off_t size);
// Copies access lists, labels and the user's own attributes. Those that the file system or our rights do not allow are
// left out.
void copy_attributes(int from, int to);

// Adds the entries of an open folder, unsorted, without "." and "..".
bool list(int folder, std::vector<Entry>& entries);
// Opens a file for reading if the system can ensure in one step that no link leads out of `root`; -1: it cannot, or the
// file does not exist. A link to an absolute path is refused too, wherever it leads.
int open_below(const std::string& root, const std::string& path);

// Neither end survives an exec.
bool open_pipe(int ends[2]);
// A program to be spawned gets no descriptor of `first` or above. Returns flags for posix_spawn().
int close_others(posix_spawn_file_actions_t& actions, int first);
// Neither waits nor survives an exec.
int open_stream_socket();
int accept_caller(int listener);

// "EXDEV", or what else the system calls an error.
std::string error_name(int code);

}  // namespace cascade::files::system
