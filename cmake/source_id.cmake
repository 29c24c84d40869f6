# Writes OUTPUT, which defines two hashes: cascade::workspace::source_id of all that decides what an index holds, and
# program_id of every source, which decides what is found in a file.
# Usage: cmake -DSOURCE=<src folder> -DOUTPUT=<file> -P source_id.cmake
set(all "")
foreach(module unicode text prompt prose client/facts client hash tokens syntax manifest discovery tables registry route route/build route/answer
        route/learn route/lexicon route/dictionary ../prompts workspace)
  file(GLOB files ${SOURCE}/${module}/* ${SOURCE}/*/${module}/*)
  list(SORT files)
  foreach(file IN LISTS files)
    if(NOT IS_DIRECTORY ${file})
      file(SHA256 ${file} sum)
      string(APPEND all ${sum})
    endif()
  endforeach()
endforeach()
string(SHA256 id "${all}")
string(SUBSTRING ${id} 0 16 id)
set(every "")
file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/*)
list(SORT files)
foreach(file IN LISTS files)
  file(SHA256 ${SOURCE}/${file} sum)
  string(APPEND every "${file} ${sum}\n")
endforeach()
string(SHA256 program "${every}")
string(SUBSTRING ${program} 0 16 program)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "workspace/contents.h"

const char* const cascade::workspace::source_id = "@id@";
const char* const cascade::workspace::program_id = "@program@";
]])
