musubi_add_fuzz_target(yaml USES base)
