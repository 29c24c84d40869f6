# Writes OUTPUT, which defines cascade::workspace::source_id: the hash of all that decides what an index holds.
# Usage: cmake -DSOURCE=<src folder> -DOUTPUT=<file> -P source_id.cmake
set(all "")
foreach(module unicode text client language hash tokens syntax manifest discovery tables registry route route/build route/answer
        route/learn route/lexicon route/dictionary ../prompts workspace)
  file(GLOB files ${SOURCE}/${module}/*)
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
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "workspace/source_id.h"

const char* const cascade::workspace::source_id = "@id@";
]])
