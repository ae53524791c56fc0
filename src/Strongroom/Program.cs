return await Strongroom.Verbs.Verb.Run(args);
