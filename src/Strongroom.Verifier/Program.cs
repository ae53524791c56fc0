return await Strongroom.Verifier.CommandLine.Run(args, Console.Out, Console.Error);
