# cmake -DBUILD= -DSOURCE= -DCOMPILER= -DLAUNCHER= -DFOLDER= -P build_fhir_example.cmake
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT RESULT_VARIABLE result OUTPUT_VARIABLE output ECHO_OUTPUT_VARIABLE)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${FOLDER})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/prefix --component fhir)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${FOLDER}/build -G Ninja -DCMAKE_PREFIX_PATH=${FOLDER}/prefix
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DCMAKE_BUILD_TYPE=Debug)
run(${CMAKE_COMMAND} --build ${FOLDER}/build)
run(${FOLDER}/build/report ${SOURCE}/bundle.json)
foreach(expected "Patient: 見本 花子" "born on 1980-02-03" "SARS-CoV-2 RNA = 陽性" "\nvalid\n" "\"value\": 37.50"
                 "<value value=\"37.50\"/>")
  if(NOT output MATCHES "${expected}")
    message(FATAL_ERROR "the example did not print: ${expected}")
  endif()
endforeach()
file(REMOVE_RECURSE ${FOLDER})
