using System.ComponentModel.DataAnnotations;

namespace EnergyLoad.MySql;

/// <summary>Where the database is and who we are there (section <c>MySql</c>).</summary>
public sealed class MySqlOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "MySql";

    /// <summary>Host name or address of the server.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>TCP port; 3306 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 3306;

    /// <summary>Name of the database; <c>edm-db-workflows</c> by default.</summary>
    [Required]
    public string Database { get; set; } = "edm-db-workflows";

    /// <summary>Name of the account; not looked at when the secret <c>database</c> has a source.</summary>
    public string User { get; set; } = "";

    /// <summary>Password of the account, never logged; not looked at when the secret <c>database</c> has a source.</summary>
    public string Password { get; set; } = "";

    /// <summary>TLS towards the server: None, Preferred, Required, VerifyCA or VerifyFull; Preferred by default.</summary>
    [AllowedValues("None", "Preferred", "Required", "VerifyCA", "VerifyFull")]
    public string TlsMode { get; set; } = "Preferred";

    /// <summary>Lets the client ask the server for its RSA key when there is no TLS; only for loopback. False by default.</summary>
    public bool AllowPublicKeyRetrieval { get; set; }

    /// <summary>Most connections that this process holds; 10 by default (Cloud Run allows 100 per instance).</summary>
    [Range(2, 100)]
    public int MaximumPoolSize { get; set; } = 10;
}
